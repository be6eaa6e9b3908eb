import pluralize from 'pluralize';
import { formatDuration } from '../durations';
import { formatLimit } from '../limit';
import type { Words } from '../message';
import type { Stated, WindowExpectation } from './expectation';
import { formatTo } from './sentence';

export const WINDOWS: Words<Stated<WindowExpectation>> = {
  stayReady: ({ windowMs, isNot }) => {
    if (isNot) return `pod to stop being Ready ${windowMs === undefined ? 'before its deletion' : within(windowMs)}`;
    return `pod to stay Ready ${windowMs === undefined ? 'until its deletion' : `for ${formatDuration(windowMs)}`}`;
  },
  restartAtMost: ({ times, container, windowMs, isNot }) => {
    const when = within(windowMs);
    if (times > 0) {
      const number = `${isNot ? 'more than' : 'at most'} ${pluralize('time', times, true)}`;
      return `${container ?? (isNot ? 'a container' : 'each container')} to restart ${number} ${when}`;
    }
    if (container !== undefined) return `${formatTo(container, !isNot, 'restart')} ${when}`;
    return `${isNot ? 'a' : 'no'} container to restart ${when}`;
  },
  dropNoRequests: ({ windowMs, isNot }) => `${isNot ? 'a' : 'no'} request to be dropped ${within(windowMs)}`,
  surviveOutage: ({ service, windowMs, recovery, isNot }) => {
    const outage = `a ${formatDuration(windowMs)} outage of ${service}`;
    const ready = `Ready within ${formatLimit(recovery)} afterwards`;
    return isNot
      ? `a container to restart during ${outage}, or pod not to be ${ready}`
      : `no container to restart during ${outage}, and pod to be ${ready}`;
  },
};

function within(windowMs: number | undefined): string {
  return windowMs === undefined ? 'during the whole run' : `within ${formatDuration(windowMs)}`;
}
