import { describe, expect, test } from '@jest/globals';
import { readyLimit } from '../../../../../src/timing/waits';
import { formatAnnouncement } from '../../../../../src/wording/gate/progress/announcements';
import { web as container, podOf } from '../../../matchers/replay';

const ready = (limit: Parameters<typeof formatAnnouncement>[0]['limit']) =>
  formatAnnouncement({ wait: { kind: 'ready' }, ...(limit !== undefined && { limit }) });

describe('formatAnnouncement', () => {
  test('adds the limit of a long wait, but not of a short one', () => {
    expect(ready(90_000)).toBe('Ready (up to 1m30s)');
    expect(ready(5_000)).toBe('Ready');
  });

  test('names the field of the manifest that sets the limit', () => {
    const { spec: alone } = podOf({ containers: [container({})] });
    expect(ready(readyLimit(alone, { progressDeadlineSeconds: 600 }))).toBe(
      'Ready (up to 10m, progressDeadlineSeconds)',
    );
    expect(ready(readyLimit(alone))).toBe('Ready (up to 1m)');
  });
});
