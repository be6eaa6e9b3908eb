import { expect, test } from '@jest/globals';
import { podRecord } from '../../../../src/report/record/podRecord';
import { restoreTimeline } from '../../../../src/report/record/restoreTimeline';
import { historyOf } from '../../../../src/timeline/history/podHistory';
import { podOf } from '../../matchers/replay';
import { type Life, ready, recorded, s, started, timelineOf } from '../../timeline/events';

/** Returns the timeline of a record that was written to a file and read back. */
function reread(...life: Life) {
  const timeline = timelineOf(...life);
  timeline.advance(s(90));
  const record = podRecord({ pod: podOf({}), timeline, broken: undefined }, { kind: 'run', manifest: 'sha256:0' });
  return { timeline, read: restoreTimeline(JSON.parse(JSON.stringify(record))) };
}

test('returns the events, the status and the clock of a record', () => {
  const { timeline, read } = reread(started(1), ready(2));
  expect(read.events).toEqual(timeline.events);
  expect([read.status, read.now]).toEqual([timeline.status, s(90)]);
});

test('keeps the reason of a failed start', () => {
  const failure = { kind: 'configMissing', object: 'Secret' } as const;
  const { read } = reread(recorded(1, 'Failed', 'Error: secret "login" not found', { type: 'Warning', failure }));
  expect([...historyOf(read).startFailures]).toEqual([['web', failure]]);
});
