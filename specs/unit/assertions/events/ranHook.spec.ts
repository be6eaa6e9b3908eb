import { describe, expect, test } from '@jest/globals';
import { ranHook } from '../../../../src/assertions/events/ranHook';
import { START } from '../../../../src/timeline/since';
import { podOf } from '../../matchers/replay';
import { ended, exited, hooked, type Life, s, signalled, started, timelineOf } from '../../timeline/events';

const ran = (times: number, ...life: Life) =>
  ranHook(timelineOf(...life), START, { hook: 'preStop', times }, podOf({}));

describe('ranHook', () => {
  test('passes at the run that reaches the requested number', () => {
    const first = hooked(5, 'preStop', 100);
    expect(ran(1, first)).toMatchObject({
      outcome: 'passed',
      event: first,
      received: { kind: 'hook', container: 'web', hook: 'preStop', state: 'succeeded' },
    });
    expect(ran(2, first)).toMatchObject({
      outcome: 'pending',
      received: { kind: 'fewer', of: 'hook', hook: 'preStop', count: 1 },
      reason: { kind: 'onlyWhenStopped' },
    });
  });

  test('fails after a failed run, with the message of the kubelet', () => {
    expect(ran(1, hooked(5, 'preStop', 100, 'exited with 1'), exited(6, 1))).toMatchObject({
      outcome: 'failed',
      received: { state: 'failed' },
      reason: { kind: 'message', message: 'exited with 1' },
    });
  });

  test('passes if the run ended only because its container exited', () => {
    const begun = { at: s(1), source: 'runtime', kind: 'HookStarted', container: 'web', hook: 'preStop' } as const;
    const life = [begun, signalled(2, 'SIGTERM', 30_000), exited(4, 0), hooked(5, 'preStop', 4_000, 'exited with 137')];
    expect(ran(1, ...life)).toMatchObject({
      outcome: 'passed',
      received: { state: 'endedWithContainer' },
      reason: { kind: 'harmlessHooks', containers: ['web'] },
    });
  });

  test('fails if no container can start again', () => {
    expect(ran(1, started(1), exited(5, 1), ended(6, 'Failed'))).toMatchObject({
      outcome: 'failed',
      reason: { kind: 'terminalPhase', phase: 'Failed', ends: 'restarts' },
    });
  });
});
