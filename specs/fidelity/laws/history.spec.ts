import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { historyOf, type PodHistory } from '../../../src/timeline/history/podHistory';
import type { Timeline } from '../../../src/timeline/timeline';
import { WritableTimeline } from '../../../src/timeline/writableTimeline';
import { life } from '../kubelet/randomPods';
import { playLife, SEED } from './playLife';

const RUNS = 100;
/** The number of prefixes of each timeline that are compared. */
const PREFIXES = 5;

/** Returns all properties of a history that need no event as an argument. */
function toldBy(history: PodHistory) {
  const { end, removed, last, containers, running } = history;
  const { published, deletions, acts, attempts, starts, exits, killings, signals, requests, kubeletEvents } = history;
  const { restarts, crashLoopWaits, hookRuns, stops, endpointChanges, drops, dropStreaks } = history;
  return {
    ...{ end, removed, last, containers, running: [...running] },
    ...{ published, deletions, acts, attempts, starts, exits, killings, signals, requests, kubeletEvents },
    ...{ restarts, crashLoopWaits, hookRuns, stops, endpointChanges, drops, dropStreaks },
    about: containers.map((name) => history.about(name)),
  };
}

function begun({ backend }: Timeline): WritableTimeline {
  return new WritableTimeline({ backend });
}

test('a history that grows by single events equals one of the whole timeline', () => {
  fc.assert(
    fc.property(life, fc.integer({ min: 1, max: 200 }), (each, deletedAfterSeconds) => {
      const whole = playLife(each, deletedAfterSeconds);
      const step = Math.max(1, Math.floor(whole.events.length / PREFIXES));
      const grown = begun(whole);
      for (const [index, event] of whole.events.entries()) {
        grown.append(event);
        const history = historyOf(grown);
        if (index % step !== 0 && index + 1 < whole.events.length) continue;
        const prefix = begun(whole);
        for (const earlier of whole.events.slice(0, index + 1)) prefix.append(earlier);
        expect(toldBy(history)).toEqual(toldBy(historyOf(prefix)));
      }
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
