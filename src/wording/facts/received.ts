import { inspect } from 'node:util';
import pluralize from 'pluralize';
import type {
  ContainerActivity,
  Counted,
  HookState,
  PlainReceived,
  Received,
  ShownRestart,
} from '../../assertions/facts/received';
import type { ContainerState, PodCondition } from '../../timeline/podStatus';
import { formatDuration } from '../durations';
import { formatEndpoint } from '../endpoints';
import { formatFrom, type Words } from '../message';
import { RESTART_REASONS } from '../restarts';
import { formatExit, formatExits } from './exits';

/** Returns what a timeline shows, without the time: `restart 2 of web`. */
export function formatReceived(received: Received): string {
  return formatFrom(WORDS, received);
}

const PLAIN: Readonly<Record<PlainReceived, string>> = {
  ready: 'pod Ready',
  notReady: 'pod not Ready',
  unready: 'pod no longer Ready',
  stillReady: 'pod still Ready',
  readyAllTheTime: 'pod Ready all the time',
  neverReady: 'pod never Ready',
  notReadyAtFirst: 'pod not Ready at the start',
  unreadyBefore: 'pod already not Ready before',
  readyAgain: 'pod Ready again',
  notReadyAgain: 'pod not Ready again',
  readyWithoutRestart: 'pod Ready without a restart',
  initialized: 'init containers completed',
  notInitialized: 'init containers not completed',
  nothingStopped: 'no container stopped',
  noneKilled: 'no container killed by its probe',
  noneDown: 'no container killed or exited',
  nothing: 'no result',
  inEndpoints: 'pod still in the Service endpoints',
  neverInEndpoints: 'pod never in the Service endpoints',
  noEvent: 'no matching event',
  unknownBackOffs: 'unknown back-offs, because the timeline does not contain their length',
};

const WORDS: Words<Received> = {
  ...PLAIN,
  aborted: ({ message }) => message,
  container: ({ container, state }) => `${container} ${ACTIVITIES[state]}`,
  started: ({ container = 'every container', isStarted }) => formatStarted(container, isStarted),
  phase: ({ phase }) => `pod in phase ${phase}`,
  condition: ({ condition }) => `condition ${formatCondition(condition)}`,
  noCondition: ({ type }) => `no condition ${type}`,
  containerState: ({ container, state, lastState }) => {
    const before = lastState && `, lastState ${formatState(lastState)}`;
    return `${container} ${formatState(state)}${before ?? ''}`;
  },
  noContainerState: ({ container }) => `${container} without a state`,
  exits: ({ exits }) => (exits.length === 0 ? 'no exit' : formatExits(exits)),
  exitedByItself: ({ container, exitCode }) => `${container} exited with ${exitCode} without a stop signal`,
  probeKill: ({ container, probe }) => `the kubelet killed ${container} because its ${probe} probe failed`,
  probeSucceeded: ({ container, probe }) => `the ${probe} probe of ${container} succeeded`,
  restart: ({ restart }) => formatRestart(restart),
  restarts: ({ count }) => (count === 0 ? 'no restart' : pluralize('restart', count, true)),
  otherRestarts: ({ restarts }) => `no matching restart, only ${restarts.map(formatRestart).join(', ')}`,
  restartCount: ({ container, count }) => `${container} has restartCount ${count}`,
  crashLoop: ({ container, delayMs }) =>
    `${container} in CrashLoopBackOff${delayMs === undefined ? '' : ` (back-off ${formatDuration(delayMs)})`}`,
  backOffs: ({ container, delaysMs }) => {
    const delays = delaysMs.map(formatDuration).join(', ');
    return delaysMs.length === 0 ? `${container} has no back-off` : `${container} has back-offs ${delays}`;
  },
  hook: ({ container, hook, state }) => `the ${hook} hook of ${container} ${HOOK_STATES[state]}`,
  fewer: ({ of, hook = '', count }) => (count === 0 ? NONE[of](hook) : ONLY[of](count, hook)),
  losses: ({ count }) => `pod stopped being Ready only ${pluralize('time', count, true)}`,
  event: ({ reason, container = 'the pod' }) => `event ${reason} of ${container}`,
  eventsInOrder: ({ names }) => `events ${names.join(', ')}`,
  missingEvent: ({ name, after }) => `no event ${name}${after === undefined ? '' : ` following ${after}`}`,
  line: ({ container, text }) => `${container} logged ${inspect(text)}`,
  otherLines: ({ count }) => (count === 0 ? 'no output' : `no matching line among ${pluralize('line', count, true)}`),
  endpoint: ({ endpoint, isBefore = false }) => `${formatEndpoint(endpoint)}${isBefore ? ' already before' : ''}`,
  drops: ({ dropped, requests }) =>
    dropped === 0
      ? `${pluralize('request', requests, true)}, none dropped`
      : `${dropped} of ${pluralize('request', requests, true)} dropped`,
};

const ACTIVITIES: Readonly<Record<ContainerActivity, string>> = {
  running: 'is running',
  stillRunning: 'is still running',
  notRunning: 'is not running',
  sigkilled: 'got SIGKILL',
  oomKilled: 'was OOMKilled',
};

const HOOK_STATES: Readonly<Record<HookState, string>> = {
  running: 'is still running',
  succeeded: 'succeeded',
  failed: 'failed',
  endedWithContainer: 'ended with its container',
};

const NONE: Readonly<Record<Counted, (hook: string) => string>> = {
  restart: () => 'no restart',
  event: () => 'no matching event',
  hook: (hook) => `no ${hook} hook succeeded`,
  crashLoop: () => 'no CrashLoopBackOff',
};

const ONLY: Readonly<Record<Counted, (count: number, hook: string) => string>> = {
  restart: (count) => `only ${pluralize('matching restart', count, true)}`,
  event: (count) => `only ${pluralize('matching event', count, true)}`,
  hook: (count, hook) => `only ${pluralize(`${hook} hook`, count, true)} succeeded`,
  crashLoop: (count) => `CrashLoopBackOff only ${pluralize('time', count, true)}`,
};

/** Returns `restart 2 of web (its liveness probe failed)`. */
function formatRestart({ attempt, container, because }: ShownRestart): string {
  return `restart ${attempt} of ${container}${because === undefined ? '' : ` (${RESTART_REASONS[because]})`}`;
}

function formatStarted(container: string, isStarted: boolean): string {
  if (isStarted) return `${container} started`;
  return container === 'every container' ? `not ${container} started` : `${container} not started`;
}

/** Returns `Ready False, ContainersNotReady (containers with unready status: [web])`. */
function formatCondition({ type, status, reason, message }: PodCondition): string {
  return `${type} ${status}${reason ? `, ${reason}` : ''}${message ? ` (${message})` : ''}`;
}

/** Returns `waiting (CrashLoopBackOff)`, `running` or `terminated (it exited with 137 (OOMKilled))`. */
function formatState({ waiting, running, terminated }: ContainerState): string {
  if (terminated) return `terminated (${formatExit({ container: 'it', ...terminated })})`;
  if (running) return 'running';
  return waiting ? `waiting${waiting.reason ? ` (${waiting.reason})` : ''}` : 'without a state';
}
