import { shellCommand } from '../../../manifest/facts/shell';
import { type EventOf, isA } from '../../../timeline/event';
import { signalTrouble } from '../../../timeline/history/signalTrouble';
import type { Incident } from '../incident';
import type { ExplainRule } from './rule';

const KILLED = 137;

/** How a container ended, where its exit code says something else than people read in it. */
export const afterTheEnd: readonly ExplainRule[] = [
  outOfMemory,
  preStopTookTheGrace,
  seenProcesses,
  shellAsPID1,
  hungAtItsProbe,
  deafPID1,
  killedByOthers,
];

function outOfMemory(incident: Incident) {
  const { event } = incident;
  const end = event && isA('ProcessOOMKilled', event) ? event : lastEnd(incident);
  if (!end || (isA('ContainerExited', end) && end.reason !== 'OOMKilled')) return undefined;
  const limit = incident.container?.resources?.limits?.memory;
  const text = `The kernel killed ${end.container} for want of memory${limit ? ` at its limit of ${limit}` : ''}: raise resources.limits.memory, or let it use less.`;
  return { cause: 'oom-killed', text, faq: 'shutdown.md#exit-code-137' };
}

function preStopTookTheGrace(incident: Incident) {
  const hook = incident.lastLife.find((event) => event.kind === 'HookStarted' && event.hook === 'preStop');
  const stop = incident.last('SignalSent', ({ signal }) => signal !== 'SIGKILL');
  if (!hook || !stop || stop.at <= hook.at) return undefined;
  const hasEnded = incident.last('HookFinished', ({ at }) => at >= hook.at && at <= stop.at) !== undefined;
  if (hasEnded && !killAfterGrace(incident)) return undefined;
  const text = `preStop counts against terminationGracePeriodSeconds, and ${stop.container} gets what it leaves: shorten the hook, or lengthen the grace.`;
  return { cause: 'prestop-exceeds-grace', text, faq: 'hooks.md#pre-stop-and-grace' };
}

/** The line of the story that says what the processes did with their signal says what to do as well. */
function seenProcesses(incident: Incident) {
  const kill = killAfterGrace(incident);
  const seen = processesAtStop(incident);
  if (!kill || !seen || !signalTrouble(seen)) return undefined;
  const [main = { args: '' }] = seen.processes;
  const text = `The stop signal goes to the main process of ${kill.container} alone, and PID 1 gets only signals it has a handler for.`;
  return {
    text,
    faq: shellCommand(main.args.split(' ')) ? 'shutdown.md#shell-pid-1' : 'shutdown.md#pid-1-default-signals',
  };
}

function shellAsPID1(incident: Incident) {
  const kill = killAfterGrace(incident);
  const { command = [], args = [] } = incident.container ?? {};
  const shell = shellCommand([...command, ...args]);
  if (!kill || !shell || processesAtStop(incident)) return undefined;
  const text = `${shell.shell} is PID 1 of ${kill.container}, and neither heeds the stop signal nor passes it on: write exec before the program it starts.`;
  return { text, faq: 'shutdown.md#shell-pid-1' };
}

function hungAtItsProbe(incident: Incident) {
  const kill = killAfterGrace(incident);
  const probe = incident.lastLife.findLast((event) => isA('Killing', event))?.probe;
  if (!kill || !probe) return undefined;
  const text = `A kill by a ${probe} probe grants the whole grace, which a process that hangs uses up: ${probe}Probe.terminationGracePeriodSeconds may be shorter than the pod's.`;
  return { text, faq: 'restarts-and-back-off.md#liveness-kill-takes-grace' };
}

/** A guess, where nobody has looked. */
function deafPID1(incident: Incident) {
  const kill = killAfterGrace(incident);
  if (!kill || processesAtStop(incident)) return undefined;
  const text = `The main process of ${kill.container} did not end at its stop signal. As PID 1 it gets only signals it has a handler for: give it one that ends it.`;
  return { text, faq: 'shutdown.md#pid-1-default-signals' };
}

function killedByOthers(incident: Incident) {
  const end = lastEnd(incident);
  if (end?.exitCode !== KILLED || end.afterSignalMs !== undefined) return undefined;
  const byTest = incident.lastLife.some((event) => event.kind === 'TestActed' && event.action === 'kill');
  if (byTest) return undefined;
  const text = `137 is any SIGKILL; the reason is ${end.reason} and not OOMKilled, so look for who sent it from within ${end.container} or from outside.`;
  return { text, faq: 'shutdown.md#exit-code-137' };
}

/** What the processes were after the stop signal, where that was seen. */
function processesAtStop({ lastLife }: Incident): EventOf<'ProcessesSeen'> | undefined {
  return lastLife.filter((event) => isA('ProcessesSeen', event)).findLast(({ signalled }) => signalled);
}

/** The SIGKILL that ended the last life, when the whole of its grace had gone by. */
function killAfterGrace({ lastLife }: Incident): EventOf<'SignalSent'> | undefined {
  const signals = lastLife.filter((event) => isA('SignalSent', event));
  const last = signals.at(-1);
  const wasAsked = signals.some(({ signal }) => signal !== 'SIGKILL');
  return wasAsked && last?.signal === 'SIGKILL' ? last : undefined;
}

function lastEnd({ lastLife }: Incident): EventOf<'ContainerExited'> | undefined {
  return lastLife.findLast((event) => isA('ContainerExited', event));
}
