import { behaviorOf, type Command, type KubeletConfig } from '../../kubelet';
import type { Pod } from '../../manifest/model';
import type { RunProbe } from '../../probes/attempt';
import { type Dialling, runHook } from '../../probes/dial';
import type { DockerRuntime } from '../../runtime/docker/dockerRuntime';
import type { Driver } from '../driver/driver';
import type { Inbox } from '../driver/inbox';
import type { FairEvents } from '../overload/fairEvents';
import { retryDelayedProbe } from '../overload/retryDelayedProbe';
import type { Starvation } from '../overload/starvation';
import { attempt } from './attempt';
import { ListenerSamples } from './listenerSamples';

interface RunnerPorts {
  readonly pod: Pod;
  readonly settings: KubeletConfig;
  readonly inbox: Inbox;
  readonly driver: Driver;
  readonly runtime: DockerRuntime;
  readonly starvation: Starvation;
  readonly fair: FairEvents;
}

/** The runner of the commands of a pod's kubelet: probes and hooks run here, all others in its runtime. */
export class CommandRunner {
  readonly #ports: RunnerPorts;
  readonly #dialling: Dialling;
  readonly #listeners: ListenerSamples;

  constructor(ports: RunnerPorts) {
    const { pod, settings, runtime, inbox } = ports;
    const { kubernetesVersion, featureGates } = settings;
    this.#ports = ports;
    this.#dialling = {
      execInContainer: runtime.execInContainer,
      connectInside: runtime.connectInside,
      kubernetesVersion,
      execProbeTimeout: behaviorOf(kubernetesVersion, featureGates).execTimeoutFails,
      pod: pod.metadata,
    };
    this.#listeners = new ListenerSamples((container) => runtime.listeners(container), inbox);
  }

  onCommand(command: Command): void {
    const { inbox, starvation, runtime } = this.#ports;
    if (command.kind === 'RunProbe') void this.#probe(command).catch((error: unknown) => inbox.break(error));
    else if (command.kind === 'RunHook') void this.#hook(command);
    else starvation.watchEngine(runtime.perform(command));
  }

  async #probe(command: RunProbe): Promise<void> {
    const { inbox, driver, runtime, starvation, fair } = this.#ports;
    const { container, type: probe, id } = command;
    const timeoutMs = command.probe.timeoutSeconds * 1_000;
    const attempted = {
      whose: `the ${probe} probe of ${container.name}`,
      timeoutMs,
      // The command of an exec probe runs in a frozen container too.
      isFrozen: () => command.probe.exec === undefined && runtime.faults.isFrozen(id),
      watchApp: () => (command.probe.exec ? starvation.watchCommand(id, timeoutMs) : starvation.watch(timeoutMs)),
    };
    const outcome = await retryDelayedProbe(
      attempted,
      () => attempt(command, this.#dialling, { driver, now: () => inbox.now() }),
      (byMs) =>
        inbox.note({ source: 'runtime', kind: 'HeldUp', at: inbox.now(), byMs, container: container.name, probe }),
    );
    if (outcome.result === 'Unjudged') {
      fair.onUnjudged({ container: container.name, probe, at: inbox.now(), why: outcome.why });
      return inbox.observe({ kind: 'ProbeUnjudged', run: command.run });
    }
    this.#listeners.onProbe(container.name, outcome.output);
    inbox.observe({ kind: 'ProbeAnswered', run: command.run, outcome });
  }

  async #hook(command: Extract<Command, { kind: 'RunHook' }>): Promise<void> {
    const outcome = await runHook(command, this.#dialling);
    this.#ports.inbox.observe({ kind: 'HookAnswered', run: command.run, outcome });
  }
}
