import { describe, expect, test } from '@jest/globals';
import { announceDeletion, announceStart, announceWait } from '../../../../src/gate/model/announce';
import { readyLimit } from '../../../../src/timing/waits';
import { web as container, podOf } from '../../matchers/replay';

const spec = (lifecycle: object, terminationGracePeriodSeconds = 60) =>
  podOf({ terminationGracePeriodSeconds, containers: [container({ lifecycle })] }).spec;

describe('announceWait', () => {
  test('adds the limit of a long wait, and not that of a short one', () => {
    expect(announceWait('Ready', 90_000)).toBe('Ready (up to 1 m 30 s)');
    expect(announceWait('Ready', 5_000)).toBe('Ready');
  });
});

describe('announceWait of a limit of the manifest', () => {
  test('names the deadline that sets it', () => {
    const { spec: alone } = podOf({ containers: [container({})] });
    const limit = readyLimit(alone, { progressDeadlineSeconds: 600 });
    expect(announceWait('Ready', limit)).toBe('Ready (up to 10 m, progressDeadlineSeconds)');
    expect(announceWait('Ready', readyLimit(alone))).toBe('Ready (up to 1 m)');
  });
});

describe('announceDeletion', () => {
  test('names a hook that sleeps for long, and the grace period', () => {
    expect(announceDeletion(spec({ preStop: { exec: { command: ['sh', '-c', 'sleep 45; nginx -s quit'] } } }))).toBe(
      'the pod to end (preStop of web sleeps 45 s, grace period 1 m)',
    );
  });

  test('has nothing to announce for a short end', () => {
    expect(announceDeletion(spec({ preStop: { sleep: { seconds: 2 } } }, 5))).toBe('the pod to end');
  });
});

describe('announceStart', () => {
  test('names a postStart hook that sleeps for long', () => {
    expect(announceStart(spec({ postStart: { sleep: { seconds: 20 } } }))).toBe('Ready, postStart of web sleeps 20 s');
    expect(announceStart(spec({}))).toBe('Ready');
  });
});
