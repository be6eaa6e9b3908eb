import pluralize from 'pluralize';
import { type RestartFilter, restarted } from '../../src/assertions/restarts/restarted';
import { RESTART_CAUSES } from '../../src/timeline/history/restarts';
import { restartLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { containerName, count, oneOf } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export type ToRestartOptions = RestartFilter & Within & Occurrence;

/** Holds once a container has been restarted, as often as asked, since the last thing the test did to the pod. */
export const toRestart = eventually<ToRestartOptions>({
  name: 'toRestart',
  checks: {
    container: containerName,
    because: oneOf(...RESTART_CAUSES),
    times: count({ from: 1 }),
    ...WITHIN,
    ...OCCURRENCE,
  },
  expected: ({ times = 1, ...which }) =>
    `${times === 1 ? 'a restart' : pluralize('restart', times, true)} ${ofWhat(which)}`,
  unexpected: ({ times = 1, ...which }) =>
    `${times === 1 ? 'no restart' : `fewer than ${pluralize('restart', times, true)}`} ${ofWhat(which)}`,
  since: sinceOf,
  evaluate: restarted,
  from: 'fault',
  limit: restartLimit,
});

function ofWhat({ container, because }: RestartFilter): string {
  return `of ${container ?? 'any container'}${because ? ` because of ${because}` : ''}`;
}
