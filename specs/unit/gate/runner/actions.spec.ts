import { describe, expect, test } from '@jest/globals';
import type { Actor, ActorContainer } from '../../../../src/gate/model/actor';
import type { HttpCaller } from '../../../../src/gate/model/clients';
import type { ActionStep } from '../../../../src/gate/model/experiment';
import { type ActionTarget, act } from '../../../../src/gate/runner/actions';
import { Session } from '../../../../src/gate/runner/session/session';
import { replay } from '../../matchers/replay';
import { container, published, running } from '../../timeline/events';
import { pod } from '../gateOf';
import { subjectOf } from '../subjectOf';

interface Given {
  readonly container?: Partial<ActorContainer>;
  readonly actor?: Partial<Actor>;
  readonly spec?: object;
  readonly statuses?: Parameters<typeof published>[1]['containerStatuses'];
}

/** Creates an actor that records its calls. */
function targetOf({ container: more = {}, actor: ofActor = {}, spec = pod(), statuses = [running()] }: Given = {}) {
  const done: string[] = [];
  const note = (what: string) => async () => void done.push(what);
  const run = replay({ past: [published(1, { phase: 'Running', containerStatuses: statuses })] });
  const actor = Object.assign(run, {
    container: (name: string): ActorContainer => ({
      freeze: note(`freeze ${name}`),
      thaw: note(`thaw ${name}`),
      kill: note(`kill ${name}`),
      ...more,
    }),
    requests: async (path: string) => {
      done.push(`request ${path}`);
      return { stop: note(`stop ${path}`) };
    },
    delete: note('delete'),
    ...ofActor,
  }) as Actor;
  const session = new Session({
    subject: subjectOf(spec),
    start: async () => actor,
    onWaiting: ({ wait }) => void done.push(`wait for ${wait.kind}`),
  });
  const target: ActionTarget = { session, actor, clients: [], targets: new Map(), looks: [], memory: [] };
  return { target, done, note };
}

/** Runs one action, and returns the obstacle and the recorded calls. */
async function actOn(step: ActionStep, given?: Given) {
  const { target, done } = targetOf(given);
  return { why: await act(target, step), done, target };
}

describe('act on a container', () => {
  test('freezes, thaws or kills the named container', async () => {
    for (const action of ['freeze', 'thaw', 'kill'] as const) {
      const { why, done } = await actOn({ do: action, container: 'web' });
      expect([why, done]).toEqual([undefined, [`${action} web`]]);
    }
  });

  test('limits its CPU, or returns that the limit is fixed', async () => {
    const limits: object[] = [];
    const limit = async (asked: object) => void limits.push(asked);
    const step = { do: 'limitCPU', container: 'web', cpu: '50m' } as const;
    expect((await actOn(step, { container: { limit } })).why).toBeUndefined();
    expect(limits).toEqual([{ cpu: '50m' }]);
    expect((await actOn(step)).why).toEqual({ kind: 'cannotLimitCPU' });
  });

  test('writes one MiB more than the volume holds', async () => {
    const commands: string[][] = [];
    const step = { do: 'fillDisk', container: 'web', mountPath: '/cache', mebi: 64 } as const;
    const fill = (exitCode: number, output: string) => {
      const exec = async (argv: readonly string[]) => {
        commands.push([...argv]);
        return { exitCode, output };
      };
      return actOn(step, { container: { exec } });
    };
    expect((await fill(1, 'dd: write error: No space left on device')).why).toBeUndefined();
    expect(commands[0]).toEqual(['dd', 'if=/dev/zero', 'of=/cache/.filled-by-the-gate', 'bs=1048576', 'count=65']);
    expect((await fill(0, '')).why).toEqual({ kind: 'unfilledVolume', mountPath: '/cache', output: '' });
    expect((await fill(127, 'dd: not found\n')).why).toEqual({
      kind: 'unfilledVolume',
      mountPath: '/cache',
      output: 'dd: not found',
    });
    expect((await actOn(step)).why).toEqual({ kind: 'cannotRunCommands' });
  });
});

describe('act on the network', () => {
  test('disconnects it, or returns that it is fixed', async () => {
    const cuts: string[] = [];
    const network = { disconnect: async () => void cuts.push('off'), reconnect: async () => void cuts.push('on') };
    expect((await actOn({ do: 'disconnect' }, { actor: network })).why).toBeUndefined();
    await actOn({ do: 'reconnect' }, { actor: network });
    expect(cuts).toEqual(['off', 'on']);
    expect((await actOn({ do: 'disconnect' })).why).toEqual({ kind: 'cannotDisconnect' });
    expect((await actOn({ do: 'reconnect' })).why).toBeUndefined();
  });

  test('disconnects a service, or freezes a service that cannot be disconnected', async () => {
    const did: string[] = [];
    const note = (what: string) => async () => void did.push(what);
    const frozen = { freeze: note('freeze'), thaw: note('thaw') };
    const cut = { ...frozen, disconnect: note('disconnect'), reconnect: note('reconnect') };
    for (const line of [cut, frozen]) {
      await actOn({ do: 'cutService', service: 'db' }, { actor: { service: () => line } });
      await actOn({ do: 'joinService', service: 'db' }, { actor: { service: () => line } });
    }
    expect(did).toEqual(['disconnect', 'reconnect', 'freeze', 'thaw']);
    expect((await actOn({ do: 'cutService', service: 'db' })).why).toEqual({
      kind: 'cannotDisconnectService',
      service: 'db',
    });
  });
});

describe('act on clients', () => {
  const target = { path: '/', scheme: 'http', origin: 'root', isReadiness: false } as const;
  const caller = (port: number): HttpCaller => {
    return { container: 'web', port, targets: [target], isHTTP: true, endpointRemovalDelay: '1s' };
  };

  test('sends requests only for clients with a chosen target, and stops them', async () => {
    const [chosen, other] = [caller(8080), caller(9090)];
    const { target: on, done } = targetOf();
    on.targets.set(chosen, { ...target, path: '/cart' });
    await act(on, { do: 'requests', clients: [chosen, other] });
    expect([done, on.clients.length]).toEqual([['request /cart'], 1]);
    await act(on, { do: 'stopRequests' });
    expect([done.at(-1), on.clients.length]).toEqual(['stop /cart', 0]);
  });

  test('stops the clients once the pod is deleted', async () => {
    const client = caller(8080);
    const { target: on, done } = targetOf();
    on.targets.set(client, target);
    await act(on, { do: 'requests', clients: [client] });
    await act(on, { do: 'delete' });
    expect(done).toEqual(['request /', 'wait for deletion', 'delete', 'stop /']);
    expect(on.clients).toEqual([]);
  });
});

describe('act to sample processes', () => {
  const process = { pid: 1, ppid: 0, args: 'web', catches: [], ignores: [], blocks: [] };

  test('keeps the processes of each running container', async () => {
    const spec = {
      ...pod(),
      containers: [
        { name: 'web', image: 'web' },
        { name: 'proxy', image: 'proxy' },
      ],
    };
    const statuses = [running(), container({ name: 'proxy' })];
    const { target } = await actOn({ do: 'look' }, { spec, statuses, container: { processes: async () => [process] } });
    expect(target.looks).toEqual([{ container: 'web', at: 1_000, processes: [process] }]);
  });

  test('ignores a container that has exited or whose processes are unavailable', async () => {
    const failing = { processes: () => Promise.reject(new Error('no such container')) };
    expect((await actOn({ do: 'look' }, { container: failing })).target.looks).toEqual([]);
    expect((await actOn({ do: 'look' })).target.looks).toEqual([]);
  });
});

test('act ignores the step start, which creates the actor', async () => {
  expect(await actOn({ do: 'start' })).toMatchObject({ why: undefined, done: [] });
});
