import { shellCommand } from '../../../manifest/facts/shell';
import { type EventOf, isA } from '../../../timeline/event';
import { signalTrouble } from '../../../timeline/history/signalTrouble';
import type { Incident } from '../incident';
import type { ExplainRule, FoundExplanation } from './rule';

const KILLED = 137;

/** Rules for containers that exited, and for exit codes that readers misunderstand. */
export const afterTheEnd: readonly ExplainRule[] = [
  outOfMemory,
  preStopTookTheGrace,
  seenProcesses,
  shellAsPID1,
  hungAtItsProbe,
  unhandledSignal,
  killedByOthers,
];

function outOfMemory(incident: Incident): FoundExplanation | undefined {
  const { event } = incident;
  const end = event && isA('ProcessOOMKilled', event) ? event : lastEnd(incident);
  if (!end || (isA('ContainerExited', end) && end.reason !== 'OOMKilled')) return undefined;
  const limit = incident.container?.resources?.limits?.memory;
  const { container } = end;
  return { cause: 'oom-killed', message: { kind: 'oom-killed', container, limit } };
}

function preStopTookTheGrace(incident: Incident): FoundExplanation | undefined {
  const hook = incident.lastLife.find((event) => event.kind === 'HookStarted' && event.hook === 'preStop');
  const stop = incident.last('SignalSent', ({ signal }) => signal !== 'SIGKILL');
  if (!hook || !stop || stop.at <= hook.at) return undefined;
  const hasEnded = incident.last('HookFinished', ({ at }) => at >= hook.at && at <= stop.at) !== undefined;
  if (hasEnded && !killAfterGrace(incident)) return undefined;
  const { container } = stop;
  return { cause: 'prestop-exceeds-grace', message: { kind: 'pre-stop-and-grace', container } };
}

/** Finds a SIGKILL after which the processes are known. The result has the fix for them. */
function seenProcesses(incident: Incident): FoundExplanation | undefined {
  const kill = killAfterGrace(incident);
  const seen = processesAtStop(incident);
  if (!kill || !seen || !signalTrouble(seen)) return undefined;
  const [main = { args: '' }] = seen.processes;
  const isShell = shellCommand(main.args.split(' ')) !== undefined;
  return { message: { kind: 'stop-signal-target', container: kill.container, isShell } };
}

function shellAsPID1(incident: Incident): FoundExplanation | undefined {
  const kill = killAfterGrace(incident);
  const { command = [], args = [] } = incident.container ?? {};
  const shell = shellCommand([...command, ...args]);
  if (!kill || !shell || processesAtStop(incident)) return undefined;
  return { message: { kind: 'shell-pid-1', container: kill.container, shell: shell.shell } };
}

function hungAtItsProbe(incident: Incident): FoundExplanation | undefined {
  const kill = killAfterGrace(incident);
  const probe = incident.lastLife.findLast((event) => isA('Killing', event))?.probe;
  return kill && probe && { message: { kind: 'liveness-kill-takes-grace', probe } };
}

/** Finds a SIGKILL after which the processes are unknown, so the cause is a guess. */
function unhandledSignal(incident: Incident): FoundExplanation | undefined {
  const kill = killAfterGrace(incident);
  if (!kill || processesAtStop(incident)) return undefined;
  return { message: { kind: 'pid-1-default-signals', container: kill.container } };
}

function killedByOthers(incident: Incident): FoundExplanation | undefined {
  const end = lastEnd(incident);
  if (end?.exitCode !== KILLED || end.afterSignalMs !== undefined) return undefined;
  const byTest = incident.lastLife.some((event) => event.kind === 'TestActed' && event.action === 'kill');
  if (byTest) return undefined;
  const { container, reason } = end;
  return { message: { kind: 'exit-code-137', container, reason } };
}

/** Returns the processes after the stop signal, if they are known. */
function processesAtStop({ lastLife }: Incident): EventOf<'ProcessesSeen'> | undefined {
  return lastLife.filter((event) => isA('ProcessesSeen', event)).findLast(({ signalled }) => signalled);
}

/** Returns the SIGKILL that ended the last instance after its grace period. */
function killAfterGrace({ lastLife }: Incident): EventOf<'SignalSent'> | undefined {
  const signals = lastLife.filter((event) => isA('SignalSent', event));
  const last = signals.at(-1);
  const wasStopped = signals.some(({ signal }) => signal !== 'SIGKILL');
  return wasStopped && last?.signal === 'SIGKILL' ? last : undefined;
}

function lastEnd({ lastLife }: Incident): EventOf<'ContainerExited'> | undefined {
  return lastLife.findLast((event) => isA('ContainerExited', event));
}
