import { expect, test } from '@jest/globals';
import type { StartFailure } from '../../../../src/timeline/causes';
import type { Event } from '../../../../src/timeline/event';
import { historyOf } from '../../../../src/timeline/history/podHistory';
import { exited, recorded, s, timelineOf } from '../events';

const failed = (kind?: 'imageMissing' | 'programMissing', container = 'web') =>
  recorded(1, 'Failed', 'Error: it failed', { container, ...(kind && { failure: { kind } }) });
const begun: Event = { at: s(2), source: 'runtime', kind: 'ContainerStarted', container: 'web', id: 'c', attempt: 0 };
const failures = (...events: readonly Event[]): Record<string, StartFailure> =>
  Object.fromEntries(historyOf(timelineOf(...events)).startFailures);

test('returns the last failure of each container', () => {
  expect(failures(failed('imageMissing'), failed('programMissing'), failed('imageMissing', 'proxy'))).toEqual({
    web: { kind: 'programMissing' },
    proxy: { kind: 'imageMissing' },
  });
});

test('returns nothing after a failure of an unknown kind', () => {
  expect(failures(failed('imageMissing'), failed())).toEqual({});
});

test('keeps a failure through the exit of a failed start, until the container starts', () => {
  const life = [failed('programMissing'), exited(1, 128, { reason: 'StartError' })];
  expect(failures(...life)).toEqual({ web: { kind: 'programMissing' } });
  expect(failures(...life, failed('imageMissing', 'proxy'), begun)).toEqual({ proxy: { kind: 'imageMissing' } });
});

test('ignores the volumes of the pod', () => {
  const failure = { kind: 'configMissing', object: 'Secret' } as const;
  const { container: _, ...mount } = recorded(1, 'FailedMount', 'MountVolume.SetUp failed', { failure });
  expect(failures(mount)).toEqual({});
});
