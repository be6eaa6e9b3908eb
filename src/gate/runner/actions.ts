import { containerStatusOf } from '../../timeline/containerStatus';
import type { Dependency } from '../../waiting/podRun';
import type { ObstacleMessage } from '../../wording/gate/obstacles';
import type { Actor } from '../model/actor';
import { deletionWait } from '../model/announce';
import { type ClientTarget, type HttpCaller, optionsFor } from '../model/clients';
import type { ActionOf, ActionStep } from '../model/experiment';
import type { MemorySample } from '../model/memory/memorySample';
import { runningContainers } from '../model/subject';
import type { ProcessLook } from '../model/targetResult';
import { exhaustMemory } from './exhaustMemory';
import { MemorySampler } from './memorySampler';
import { chooseTarget } from './session/chooseTarget';
import type { Session } from './session/session';

/** Client that sends requests until it is stopped. */
export interface RunningClient {
  stop(): Promise<void>;
}

/** Target of an action. */
export interface ActionTarget {
  readonly session: Session;
  readonly actor: Actor;
  /** The clients that send requests. */
  readonly clients: RunningClient[];
  /** Chosen target of each client. */
  readonly targets: Map<HttpCaller, ClientTarget>;
  /** Recorded processes of the containers. */
  readonly looks: ProcessLook[];
  readonly memory: MemorySample[];
}

/** Function that runs an action. It resolves to the reason if the action is not possible here. */
type ActionFunction<Name extends ActionStep['do']> = (
  target: ActionTarget,
  step: ActionOf<Name>,
) => Promise<ObstacleMessage | undefined> | Promise<void>;

/** Function of each action, except for `start`, which creates the actor. */
const ACTIONS: { readonly [Name in Exclude<ActionStep['do'], 'start'>]: ActionFunction<Name> } = {
  waitUntilReady: async ({ session, actor }) => session.becomesReady(actor),
  waitUntilRunning: async ({ session, actor }, { container }) => session.runs(actor, container),
  freeze: async ({ actor }, { container }) => actor.container(container).freeze(),
  thaw: async ({ actor }, { container }) => actor.container(container).thaw(),
  kill: async ({ actor }, { container }) => actor.container(container).kill(),
  disconnect: async ({ actor }) => {
    if (!actor.disconnect) return { kind: 'cannotDisconnect' };
    await actor.disconnect();
    return undefined;
  },
  reconnect: async ({ actor }) => actor.reconnect?.(),
  freezeService: async ({ actor }, { service }) => actor.service?.(service).freeze(),
  thawService: async ({ actor }, { service }) => actor.service?.(service).thaw(),
  cutService: async ({ actor }, { service }) => {
    const line = lineTo(actor, service);
    if (!line) return { kind: 'cannotDisconnectService', service };
    await (line.disconnect ?? line.freeze).call(line);
    return undefined;
  },
  joinService: async ({ actor }, { service }) => {
    const line = lineTo(actor, service);
    await (line?.reconnect ?? line?.thaw)?.call(line);
  },
  limitCPU: async ({ actor }, { container, cpu }) => {
    const target = actor.container(container);
    if (!target.limit) return { kind: 'cannotLimitCPU' };
    await target.limit({ cpu });
    return undefined;
  },
  limitMemory: async ({ session, actor }, step) => exhaustMemory(session, actor, step),
  fillDisk: async ({ actor }, { container, mountPath, mebi }) => {
    const target = actor.container(container);
    if (!target.exec) return { kind: 'cannotRunCommands' };
    const file = `${mountPath}/.filled-by-the-gate`;
    const argv = ['dd', 'if=/dev/zero', `of=${file}`, 'bs=1048576', `count=${mebi + 1}`];
    const { exitCode, output } = await target.exec(argv, { reject: false });
    return exitCode === 0 || !/No space left/i.test(output)
      ? { kind: 'unfilledVolume', mountPath, output: output.trim() }
      : undefined;
  },
  look: async ({ session, actor, looks }) => {
    for (const { name } of runningContainers(session.subject)) {
      if (!containerStatusOf(actor.timeline, name)?.state.running) continue;
      // A container that has just exited has no processes.
      const processes = await actor
        .container(name)
        .processes?.()
        .catch(() => undefined);
      if (processes) looks.push({ container: name, at: actor.timeline.now, processes });
    }
  },
  measureMemory: async ({ session, actor, memory }) => {
    const names = runningContainers(session.subject).map(({ name }) => name);
    const sampler = new MemorySampler(actor, names, (sample) => memory.push(sample));
    session.onClear(() => sampler.stop());
  },
  chooseTargets: async ({ session, actor, targets }, step) => {
    const chosen = await Promise.all(step.clients.map((client) => chooseTarget(session, actor, client)));
    for (const [index, client] of step.clients.entries()) {
      const target = chosen[index];
      if (target) targets.set(client, target);
    }
  },
  requests: async ({ actor, clients, targets }, step) => {
    const { clients: wanted, do: _, ...options } = step;
    const started = wanted.flatMap((client) => {
      const target = targets.get(client);
      return target ? [actor.requests(target.path, { ...optionsFor(client, target), ...options })] : [];
    });
    clients.push(...(await Promise.all(started)));
  },
  stopRequests: async ({ clients }) => {
    await Promise.all(clients.splice(0).map((client) => client.stop()));
  },
  delete: async ({ session, actor, clients }) => {
    session.announce(deletionWait(actor.pod.spec));
    await actor.delete();
    await Promise.all(clients.splice(0).map((client) => client.stop()));
  },
};

/** Runs an action. Resolves to the reason if it is not possible here. */
export async function act(target: ActionTarget, step: ActionStep): Promise<ObstacleMessage | undefined> {
  if (step.do === 'start') return undefined;
  const action = ACTIONS[step.do] as ActionFunction<typeof step.do>;
  return (await action(target, step as never)) ?? undefined;
}

type CuttableService = Dependency & { disconnect?: () => Promise<void>; reconnect?: () => Promise<void> };

function lineTo(actor: Actor, service: string): CuttableService | undefined {
  return actor.service?.(service);
}
