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

test('mentions in a failure how late this machine was', () => {
  const about = (timeline: typeof LIFE) => inNumbers(new Incident(podOf({}), timeline, undefined, 'web'));
  expect(about(LIFE)).toEqual([
    'This machine was overloaded: jest-kubelet was late by 1.4s at +12.0s, the worst of 3 delays. To rule it out, run fewer pods in parallel (JEST_KUBELET_MAX_PODS).',
  ]);
  expect(about(timelineOf(started(1)))).toEqual([]);
});

test('mentions in the summary when the delay happened, and its effect', () => {
  expect(summarize(LIFE).flatMap(({ who, what, text }) => (what === 'late' ? `${who}: ${text}` : []))).toEqual([
    'pod: this machine was overloaded for 0.7s, so the kubelet acted late',
    'pod: this machine was overloaded for 1.4s, so the kubelet acted late',
    'web: this machine was overloaded for 0.3s, so the liveness probe runs again',
  ]);
});
