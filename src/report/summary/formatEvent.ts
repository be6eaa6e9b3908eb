import { printable } from '../../escaping/terminal';
import { isReady, isTerminal } from '../../timeline/condition';
import type {
  Event,
  EventOf,
  KubeletEvent,
  KubeletReason,
  RuntimeEvent,
  StatusEvent,
  TestEvent,
} from '../../timeline/event';
import { explainStillRunning, signalTrouble } from '../../timeline/history/signalTrouble';
import { formatDuration, formatSeconds } from '../../wording/durations';
import { formatProbeOutput } from '../../wording/probeOutput';
import { formatSignalTrouble } from '../../wording/signalTrouble';
import type { Line } from './line';
import type { Scene } from './scene';

const ROUTINE: readonly KubeletReason[] = ['Scheduled', 'Pulling', 'Pulled', 'Created'];
/** Reasons of exits that add nothing to the exit code. */
const PLAIN_REASONS = ['Completed', 'Error'];

/** Returns the row of an event, or undefined if another row includes it or it needs none. */
export function formatEvent(event: Event, scene: Scene): Line | undefined {
  switch (event.source) {
    case 'kubelet':
      return tellDecision(event, scene);
    case 'runtime':
      return tellHappening(event, scene);
    case 'status':
      return tellStatus(event, scene);
    case 'test':
      return tellAct(event);
  }
}

function tellDecision(event: KubeletEvent, scene: Scene): Line {
  const who = event.container ?? 'pod';
  switch (event.kind) {
    case 'Unhealthy':
    case 'ProbeWarning': {
      const run = scene.findAttempt(event as KubeletEvent<'Unhealthy' | 'ProbeWarning'>);
      return run ? line(event, who, event.kind, attemptText(run), run) : line(event, who, event.kind, event.message);
    }
    case 'Killing': {
      const signal = scene.findRelated('SignalSent', { at: event.at, container: who });
      const grace = signal?.graceMs === undefined ? '' : ` (grace period ${formatDuration(signal.graceMs)})`;
      return line(event, who, event.kind, event.message + grace, signal);
    }
    case 'FailedPostStartHook':
    case 'FailedPreStopHook': {
      const run = scene.findRelated('HookFinished', { at: event.at, container: who });
      return line(event, who, event.kind, run ? hookText(run) : event.message, run);
    }
    case 'Started':
      return line(event, who, event.kind, startText(event, scene));
    case 'BackOff':
      // The reader knows the pod.
      return line(event, who, event.kind, event.message.replace(/ in pod \S+$/, ''));
    default:
      return line(event, who, event.kind, event.message);
  }
}

function attemptText(event: EventOf<'ProbeFinished'>): string {
  const { probe, result, run, threshold, output } = event;
  switch (result) {
    case 'Failure':
      return `${probe} probe failed (${run}/${threshold}): ${formatProbeOutput(event)}`;
    case 'Errored':
      return `${probe} probe could not run: ${output}. The kubelet ignores the result`;
    default:
      return `${probe} probe: ${output}`;
  }
}

function hookText({ failed, message, tookMs }: EventOf<'HookFinished'>): string {
  return `${failed ? 'failed' : 'succeeded'} after ${formatSeconds(tookMs)}${message ? `: ${message}` : ''}`;
}

function startText(event: KubeletEvent, scene: Scene): string {
  const restart = scene.restart(event);
  if (!restart) return event.message;
  const { attempt, exited, because, backedOff } = restart;
  const waited = exited && `${formatSeconds(event.at - exited.at)} after the exit`;
  if (backedOff) return [`restart ${attempt} after back-off`, waited].filter(Boolean).join(', ');
  if (attempt === 1) return 'restart 1, no back-off (first restart)';
  if (because === 'liveness' || because === 'startup') {
    return `restart ${attempt}, no back-off (it counts from the exit before this one)`;
  }
  return [`restart ${attempt}`, waited].filter(Boolean).join(', ');
}

function tellHappening(event: RuntimeEvent, scene: Scene): Line | undefined {
  switch (event.kind) {
    case 'ContainerExited':
      return line(event, event.container, 'exited', exitText(event, scene.signalBefore(event)));
    case 'SignalSent': {
      if (scene.findRelated('Killing', event)) return undefined;
      const before = scene.signalBefore(event);
      if (before) return line(event, event.container, event.signal, secondSignalText(event, before, scene));
      const grace = event.graceMs === undefined ? '' : `grace period ${formatDuration(event.graceMs)}`;
      const hook = scene.unfinishedHook(event);
      const cut = hook && `${hook.hook} hook still running after ${formatSeconds(event.at - hook.at)}`;
      return line(event, event.container, event.signal, [grace, cut].filter(Boolean).join(', '));
    }
    case 'ProcessesSeen': {
      const trouble = scene.trouble(event);
      return trouble === undefined ? undefined : line(event, event.container, 'signals', trouble);
    }
    case 'HeldUp': {
      const { container = 'pod', probe, byMs } = event;
      const late = `this machine was overloaded for ${formatSeconds(byMs)}`;
      const effect = probe === undefined ? 'so the kubelet acted late' : `so the ${probe} probe runs again`;
      return line(event, container, 'late', `${late}, ${effect}`);
    }
    case 'ProcessOOMKilled': {
      const then = event.endsContainer
        ? 'memory.oom.group killed its other processes too'
        : 'the container keeps running';
      const killed = event.process ? `${event.process.name} (pid ${event.process.pid})` : 'a process';
      return line(event, event.container, 'OOM', `the kernel killed ${killed} at the memory limit, and ${then}`);
    }
    case 'ImageNotPulled':
      return line(event, event.container, 'not pulled', `the local image ${event.image} is used: ${event.message}`);
    case 'RequestFinished': {
      const drops = scene.dropStreak(event);
      return drops && line(event, 'test', 'dropped', dropText(event, drops), ...drops.slice(1));
    }
    case 'HookFinished':
      return event.failed ? undefined : line(event, event.container, event.hook, hookText(event));
    default:
      return undefined;
  }
}

function dropText(first: EventOf<'RequestFinished'>, all: readonly EventOf<'RequestFinished'>[]): string {
  const text = `GET ${first.path} ${first.failure}`;
  if (all.length === 1) return text;
  return `${text}, the first of ${all.length} requests in ${formatSeconds((all.at(-1)?.at ?? first.at) - first.at)}`;
}

/** Adds the reason that the processes show, unless an earlier row contains it. */
function secondSignalText(event: EventOf<'SignalSent'>, before: EventOf<'SignalSent'>, scene: Scene): string {
  const after = `${formatSeconds(event.at - before.at)} after ${before.signal}`;
  const seen = scene.seenBefore(event);
  const why = seen && !signalTrouble(seen) ? explainStillRunning(seen) : undefined;
  return why ? `${after}: ${formatSignalTrouble(why)}` : after;
}

function exitText(
  { at, exitCode, reason, message, afterSignalMs }: EventOf<'ContainerExited'>,
  signal?: EventOf<'SignalSent'>,
): string {
  const parts = [`${exitCode}`];
  if (!PLAIN_REASONS.includes(reason)) parts.push(reason);
  const sinceMs = signal ? at - signal.at : afterSignalMs;
  if (afterSignalMs !== undefined && sinceMs !== undefined)
    parts.push(`${formatSeconds(sinceMs)} after ${signal?.signal ?? 'the signal'}`);
  return `${parts.join(', ')}${message ? `: ${message}` : ''}`;
}

function tellStatus(event: StatusEvent, scene: Scene): Line | undefined {
  switch (event.kind) {
    case 'DeletionMarked':
      return line(event, 'pod', 'deleted', `grace period ${formatDuration(event.deletionGracePeriodSeconds * 1_000)}`);
    case 'PodRemoved':
      return line(event, 'pod', 'removed', '');
    case 'StatusPublished': {
      const { phase, reason, message, conditions } = event.status;
      const before = scene.statusBefore(event);
      if (isTerminal(phase) && before?.phase !== phase)
        return line(event, 'pod', phase, [reason, message].filter(Boolean).join(': '));
      if (isReady(event.status) === isReady(before)) return undefined;
      const ready = conditions.find(({ type }) => type === 'Ready');
      return line(event, 'pod', isReady(event.status) ? 'Ready' : 'unready', ready?.message ?? '');
    }
  }
}

function tellAct(event: TestEvent): Line {
  const where = event.container === undefined ? event.service : `in ${event.container}`;
  return line(event, 'test', event.action, [where, event.detail].filter(Boolean).join(': '));
}

function line(event: Event, who: string, what: string, text: string, ...told: readonly (Event | undefined)[]): Line {
  const events = [event, ...told.filter((one) => one !== undefined)];
  const isRoutine = ROUTINE.some((reason) => reason === event.kind);
  return { at: event.at, who, what, text: printable(text), events, isRoutine };
}
