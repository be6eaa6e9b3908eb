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
import { goDuration } from '../../clock/goDuration';
import type { ContainerState, PodCondition } from '../../timeline/podStatus';
import { endpointWords } from '../endpoints';
import { formatExit, formatExits } from '../exits';
import { RESTART_REASONS } from '../restarts';
import { putIntoWords, type Words } from './words';

/** Returns what a timeline shows, in words: `restart 2 of web`. The reader adds when. */
export function formatReceived(received: Received): string {
  return putIntoWords(WORDS, received);
}

const PLAIN: Readonly<Record<PlainReceived, string>> = {
  ready: 'Ready',
  notReady: 'not Ready',
  unready: 'unready',
  stillReady: 'still Ready',
  readyAllTheTime: 'Ready all the time',
  neverReady: 'never Ready',
  notReadyAtFirst: 'not Ready to begin with',
  unreadyBefore: 'unready already before',
  readyAgain: 'Ready again',
  notReadyAgain: 'not Ready again',
  readyWithoutRestart: 'Ready, and no restart',
  initialized: 'initialized',
  notInitialized: 'not initialized',
  nothingStopped: 'nothing stopped',
  noneKilled: 'none of them killed',
  noneDown: 'all of them left alone',
  nothing: 'nothing',
  inEndpoints: 'still in the endpoints',
  neverInEndpoints: 'never in the endpoints',
  noEvent: 'no such event',
  unknownBackOffs: 'this record does not say how long back-off waits',
};

const WORDS: Words<Received> = {
  ...PLAIN,
  aborted: ({ message }) => message,
  container: ({ container, state }) => `${container} ${ACTIVITIES[state]}`,
  started: ({ container = 'every container', isStarted }) => formatStarted(container, isStarted),
  phase: ({ phase }) => `phase ${phase}`,
  condition: ({ condition }) => formatCondition(condition),
  noCondition: ({ type }) => `no condition ${type}`,
  containerState: ({ container, state, lastState }) => {
    const before = lastState && `, before that ${formatState(lastState)}`;
    return `${container} ${formatState(state)}${before ?? ''}`;
  },
  noContainerState: ({ container }) => `no state of ${container}`,
  exits: ({ exits }) => (exits.length === 0 ? 'no exit' : formatExits(exits)),
  exitedByItself: ({ container, exitCode }) => `${container} ended by itself, with exit code ${exitCode}`,
  probeKill: ({ container, probe }) => `${container} killed by its ${probe} probe`,
  probeSucceeded: ({ container, probe }) => `the ${probe} probe of ${container} succeeded`,
  restart: ({ restart }) => formatRestart(restart),
  restarts: ({ count }) => (count === 0 ? 'no restart' : pluralize('restart', count, true)),
  otherRestarts: ({ restarts }) => `no such restart, but ${restarts.map(formatRestart).join(', ')}`,
  restartCount: ({ container, count }) => `restartCount ${count} of ${container}`,
  crashLoop: ({ container, delayMs }) =>
    `${container} in CrashLoopBackOff${delayMs === undefined ? '' : ` (back-off ${goDuration(delayMs)})`}`,
  backOffs: ({ container, delaysMs }) => {
    const delays = delaysMs.map(goDuration).join(', ');
    return delaysMs.length === 0 ? `no back-off of ${container}` : `back-offs ${delays} of ${container}`;
  },
  hook: ({ container, hook, state }) => `the ${hook} hook of ${container} ${HOOK_STATES[state]}`,
  fewer: ({ of, hook = '', count }) => (count === 0 ? NONE[of](hook) : ONLY[of](count, hook)),
  losses: ({ count }) => `unready only ${pluralize('time', count, true)}`,
  event: ({ reason, container = 'the pod' }) => `${reason} of ${container}`,
  eventsInOrder: ({ names }) => names.join(', '),
  missingEvent: ({ name, after }) => `no ${name}${after === undefined ? '' : ` behind ${after}`}`,
  line: ({ container, text }) => `${container} wrote ${inspect(text)}`,
  otherLines: ({ count }) => (count === 0 ? 'nothing written' : `no such line among ${pluralize('line', count, true)}`),
  endpoint: ({ endpoint, isBefore = false }) => `${endpointWords(endpoint)}${isBefore ? ' already before' : ''}`,
  drops: ({ dropped, requests }) =>
    dropped === 0
      ? `${pluralize('request', requests, true)}, none dropped`
      : `${dropped} of ${pluralize('request', requests, true)} dropped`,
};

const ACTIVITIES: Readonly<Record<ContainerActivity, string>> = {
  running: 'runs',
  stillRunning: 'still running',
  notRunning: 'does not run',
  sigkilled: 'killed with SIGKILL',
  oomKilled: 'OOMKilled',
};

const HOOK_STATES: Readonly<Record<HookState, string>> = {
  running: 'still running',
  succeeded: 'succeeded',
  failed: 'failed',
  endedWithContainer: 'ended with its container',
};

const NONE: Readonly<Record<Counted, (hook: string) => string>> = {
  restart: () => 'no restart',
  event: () => 'no such event',
  hook: (hook) => `no ${hook} hook`,
  crashLoop: () => 'no CrashLoopBackOff',
};

const ONLY: Readonly<Record<Counted, (count: number, hook: string) => string>> = {
  restart: (count) => `only ${pluralize('such restart', count, true)}`,
  event: (count) => `only ${pluralize('such event', count, true)}`,
  hook: (count, hook) => `only ${pluralize(`${hook} hook`, count, true)}`,
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
  return waiting ? `waiting${waiting.reason ? ` (${waiting.reason})` : ''}` : 'in no state';
}
