import { after, type Instant } from '../../clock/instant';
import type { HookOutcome, ProbeOutcome } from '../../kubelet/state/protocol';
import type { Pod } from '../../manifest/model';
import { aimProbe, ask, type ProbeAim, type RunProbe } from '../../probes/attempt';
import type { RunHook } from '../../probes/hook/aim';
import type { Agenda } from './agenda';
import { type After, runScriptedHook, scriptedProbers } from './answers';
import type { ScriptedProcess } from './process';
import type { ProcessBehavior } from './processBehavior';

export interface ScriptedCommandPorts {
  readonly pod: Pod['metadata'];
  readonly kubernetesVersion: string;
  readonly execProbeTimeout: boolean;
  readonly agenda: Agenda;
  /** Returns the process of an instance, whether it runs or not. */
  readonly process: (id: string) => ScriptedProcess | undefined;
  /** Returns the behavior of each running process. */
  readonly behaviors: (at: Instant) => ProcessBehavior[];
}

/** The probes and hooks of a scripted pod. A frozen process responds to them when it continues. */
export class ScriptedCommands {
  readonly #ports: ScriptedCommandPorts;
  /** A simulated day runs a quarter of a million probes, so their targets are kept. */
  readonly #aims = new Map<string, ProbeAim>();
  /** Commands that started while a process was frozen, by run. */
  readonly #unanswered = new Map<number, RunProbe | RunHook>();

  constructor(ports: ScriptedCommandPorts) {
    this.#ports = ports;
  }

  run(command: RunProbe | RunHook, at: Instant): void {
    if (command.kind === 'RunProbe') this.#probe(command, at);
    else this.#hook(command, at);
  }

  /** Runs all probes and hooks again that still wait for a process that was frozen. */
  rerunUnanswered(at: Instant): void {
    const waiting = [...this.#unanswered];
    this.#unanswered.clear();
    for (const [run, command] of waiting) if (this.#ports.agenda.drop(run)) this.run(command, at);
  }

  #probe(command: RunProbe, at: Instant): void {
    const { run } = command;
    const { agenda, behaviors, kubernetesVersion, execProbeTimeout } = this.#ports;
    const own = this.#running(command.id);
    const probers = scriptedProbers(behaviors(at), own?.behavior(at), { kubernetesVersion, execProbeTimeout });
    const answer = ask(this.#aimOf(command), command, probers);
    const known: After<ProbeOutcome> = 'afterMs' in answer ? answer : { afterMs: 0, value: answer };
    const { afterMs, value, cutShort } = known;
    if (!command.probe.exec) this.#note(command, at);
    if (afterMs > 0 && cutShort) own?.inside.set(run, { kind: 'ProbeAnswered', run, outcome: cutShort });
    agenda.add(after(at, afterMs), { kind: 'ProbeAnswered', run, outcome: value });
  }

  /** Returns the target of a probe, which never changes because the pod keeps its IP. */
  #aimOf(command: RunProbe): ProbeAim {
    const key = `${command.container.name} ${command.type}`;
    const known = this.#aims.get(key);
    if (known) return known;
    const aim = aimProbe(command, this.#ports.kubernetesVersion);
    this.#aims.set(key, aim);
    return aim;
  }

  #hook(command: RunHook, at: Instant): void {
    const { run } = command;
    const { agenda, behaviors, kubernetesVersion, pod } = this.#ports;
    const own = this.#running(command.id);
    const { afterMs, value } = runScriptedHook(behaviors(at), own?.behavior(at), command, pod, kubernetesVersion);
    if (!command.handler.exec) this.#note(command, at);
    if (afterMs > 0) {
      const outcome: HookOutcome = { failed: true, message: 'the container exited while its hook ran' };
      own?.inside.set(run, { kind: 'HookAnswered', run, outcome });
    }
    agenda.add(after(at, afterMs), { kind: 'HookAnswered', run, outcome: value });
  }

  /** Notes a command that may have reached a frozen process. The process responds when it continues. */
  #note(command: RunProbe | RunHook, at: Instant): void {
    if (this.#ports.behaviors(at).some(({ isFrozen }) => isFrozen)) this.#unanswered.set(command.run, command);
  }

  #running(id: string): ScriptedProcess | undefined {
    const process = this.#ports.process(id);
    return process?.isRunning ? process : undefined;
  }
}
