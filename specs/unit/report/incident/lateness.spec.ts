import { expect, test } from '@jest/globals';
import { Incident } from '../../../../src/report/incident/incident';
import { inNumbers } from '../../../../src/report/incident/inNumbers';
import { summarize } from '../../../../src/report/summary/summary';
import type { ProbeType, RuntimeEvent } from '../../../../src/timeline/event';
import { podOf } from '../../matchers/replay';
import { s, started, timelineOf } from '../../timeline/events';

function heldUp(seconds: number, byMs: number, of: { container?: string; probe?: ProbeType } = {}): RuntimeEvent {
  return { at: s(seconds), source: 'runtime', kind: 'HeldUp', byMs, ...of };
}

const LIFE = timelineOf(
  started(1),
  heldUp(4, 700),
  heldUp(12, 1_400),
  heldUp(13, 300, { container: 'web', probe: 'liveness' }),
);

test('a verdict says how late this machine itself was', () => {
  const about = (timeline: typeof LIFE) => inNumbers(new Incident(podOf({}), timeline, undefined, 'web'));
  expect(about(LIFE)).toEqual([
    'This machine was late itself, by 1.4s at +12.0s, the worst of 3 times: fewer pods at once (JEST_KUBELET_MAX_PODS) may decide otherwise.',
  ]);
  expect(about(timelineOf(started(1)))).toEqual([]);
});

test('the story says when, and what came of it', () => {
  expect(summarize(LIFE).flatMap(({ who, what, text }) => (what === 'late' ? `${who}: ${text}` : []))).toEqual([
    'pod: what was due came 0.7s late: this machine held the rehearsal up',
    'pod: what was due came 1.4s late: this machine held the rehearsal up',
    'web: liveness is asked anew: this machine held the rehearsal up for 0.3s',
  ]);
});
