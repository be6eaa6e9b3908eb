import type { Finding } from './happened';
import { isIn } from './span';

/** Returns a finding that a restart count never decreases. */
export function monotonic(container: string): Finding {
  return {
    met: false,
    find(record, span) {
      let highest = 0;
      return record.shown.some(({ moment, status }) => {
        const count = [...status.initContainerStatuses, ...status.containerStatuses].find(
          ({ name }) => name === container,
        )?.restartCount;
        if (count === undefined || !isIn(span, moment)) return false;
        const falls = count < highest;
        highest = count;
        return falls;
      });
    },
    show: (record) =>
      `restart counts of ${container}: ${record.shown
        .map(
          ({ status }) =>
            [...status.initContainerStatuses, ...status.containerStatuses].find(({ name }) => name === container)
              ?.restartCount,
        )
        .join(' ')}`,
  };
}
