import { expect, test } from '@jest/globals';
import type { Event, HookType } from '../../../../src/timeline/event';
import { isHarmless } from '../../../../src/timeline/history/hookRuns';
import { historyOf } from '../../../../src/timeline/history/podHistory';
import { because, exited, hooked, type Life, s, signalled, timelineOf } from '../events';

function begun(seconds: number, hook: HookType = 'preStop'): Event {
  return { at: s(seconds), source: 'runtime', kind: 'HookStarted', container: 'web', hook };
}

/** Returns a hook whose command exits with this code. */
function exits(seconds: number, hook: HookType, tookMs: number, exitCode: number): Event {
  return because({ kind: 'exit', exitCode }, hooked(seconds, hook, tookMs, 'quit'));
}

const isHarmlessIn = (life: Life) => historyOf(timelineOf(...life)).hookRuns.map(isHarmless);

test('treats a failed preStop hook as harmless if its container exited with 0 before', () => {
  expect(isHarmlessIn([begun(1), exited(1.08, 0), exits(1.1, 'preStop', 100, 137)])).toEqual([true]);
  expect(isHarmlessIn([begun(1), exited(1.08, 0), exits(1.1, 'preStop', 100, 1)])).toEqual([true]);
});

test('treats a preStop hook as harmless if the exit is reported after the killed hook', () => {
  const late = [exits(1.08, 'preStop', 80, 137), signalled(1.08, 'SIGTERM', 30_000)];
  expect(isHarmlessIn([begun(1), ...late, exited(1.1, 0, { afterSignalMs: 20 })])).toEqual([true]);
});

test('treats a preStop failure as harmful if the container runs on or fails', () => {
  const failed = [begun(1), exits(1.1, 'preStop', 100, 1), signalled(1.1, 'SIGTERM', 30_000)];
  expect(isHarmlessIn([...failed, exited(2, 0, { afterSignalMs: 900 })])).toEqual([false]);
  expect(isHarmlessIn([begun(1), exited(1.08, 1), exits(1.1, 'preStop', 100, 137)])).toEqual([false]);
  expect(isHarmlessIn([begun(1), exits(1.1, 'preStop', 100, 137)])).toEqual([false]);
});

test('treats a failed postStart hook as harmful, even if the container exits with 0', () => {
  const life = [begun(1, 'postStart'), exited(1.08, 0), exits(1.1, 'postStart', 100, 137)];
  expect(isHarmlessIn(life)).toEqual([false]);
});

test('marks a hook as over its grace period if the signal came before its end', () => {
  const life = [begun(1), signalled(31, 'SIGTERM', 2_000), exited(31.1, 0), begun(40), hooked(41, 'preStop', 1000)];
  expect(historyOf(timelineOf(...life)).hookRuns).toMatchObject([
    { outlived: { at: 31_000 }, finished: undefined },
    { outlived: undefined, finished: { at: 41_000 }, exited: undefined },
  ]);
});
