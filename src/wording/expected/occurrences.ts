import { inspect } from 'node:util';
import type { ExitFilter } from '../../assertions/endings/exitedWith';
import type { Words } from '../message';
import type { OccurrenceExpectation, Stated } from './expectation';
import { formatOccurrence, formatTimes, formatTo } from './sentence';

export const OCCURRENCES: Words<Stated<OccurrenceExpectation>> = {
  becomeUnready: ({ times, isNot }) => formatPod('stop being Ready', isNot, times),
  emitEvent: ({ event, times, isNot }) => formatPod(`emit event ${event}`, isNot, times),
  haveEvent: ({ event, isNot }) => formatPod(`have event ${event}`, isNot),
  haveEventsInOrder: ({ events, isNot }) => formatPod(`have events ${events.join(', then ')}`, isNot),
  enterCrashLoopBackOff: (which) => formatOccurrence(which, 'enter CrashLoopBackOff'),
  exit: (which) => formatOccurrence(which, 'exit', formatExitFilter(which)),
  log: ({ container, pattern, isNot }) => {
    const which = typeof pattern === 'string' ? `contains ${inspect(pattern)}` : `matches ${inspect(pattern)}`;
    return formatOccurrence({ container, isNot }, `log a line that ${which}`);
  },
  restart: (which) => formatOccurrence(which, 'restart', which.because && `because of ${which.because}`),
  runHook: ({ hook, container, times = 1, isNot }) => {
    if (times > 1) return `the ${hook} hook of ${container ?? 'any container'} to succeed ${formatTimes(times, isNot)}`;
    if (container !== undefined) return formatTo(`the ${hook} hook of ${container}`, isNot, 'succeed');
    return `${isNot ? 'no' : 'a'} ${hook} hook to succeed`;
  },
  terminateGracefully: ({ container, exitCode, isNot }) => {
    const action = `exit gracefully${exitCode === undefined ? '' : ` with code ${exitCode}`}`;
    if (container !== undefined) return formatTo(container, isNot, action);
    return `${isNot ? 'not ' : ''}every stopped container to ${action}`;
  },
};

function formatPod(action: string, isNot: boolean, times = 1): string {
  return times > 1 ? `pod to ${action} ${formatTimes(times, isNot)}` : formatTo('pod', isNot, action);
}

/** Returns `with code 137 (OOMKilled)`, `with reason OOMKilled` or nothing. */
function formatExitFilter({ exitCode, reason }: ExitFilter): string {
  if (exitCode === undefined) return reason === undefined ? '' : `with reason ${reason}`;
  return `with code ${exitCode}${reason === undefined ? '' : ` (${reason})`}`;
}
