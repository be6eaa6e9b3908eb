import { describe, expect, test } from '@jest/globals';
import { deletionWait, startWait } from '../../../../src/gate/model/announce';
import { web as container, podOf } from '../../matchers/replay';

const spec = (lifecycle: object, terminationGracePeriodSeconds = 60) =>
  podOf({ terminationGracePeriodSeconds, containers: [container({ lifecycle })] }).spec;

describe('deletionWait', () => {
  test('includes a hook with a long sleep and the grace period', () => {
    expect(deletionWait(spec({ preStop: { exec: { command: ['sh', '-c', 'sleep 45; nginx -s quit'] } } }))).toEqual({
      kind: 'deletion',
      hooks: [{ container: 'web', ms: 45_000 }],
      graceMs: 60_000,
    });
  });

  test('omits the details if the pod terminates soon', () => {
    expect(deletionWait(spec({ preStop: { sleep: { seconds: 2 } } }, 5))).toEqual({ kind: 'deletion', hooks: [] });
  });
});

describe('startWait', () => {
  test('includes a postStart hook with a long sleep', () => {
    expect(startWait(spec({ postStart: { sleep: { seconds: 20 } } }))).toEqual({
      kind: 'start',
      hooks: [{ container: 'web', ms: 20_000 }],
    });
    expect(startWait(spec({}))).toEqual({ kind: 'start', hooks: [] });
  });
});
