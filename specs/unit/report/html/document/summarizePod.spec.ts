import { describe, expect, test } from '@jest/globals';
import { summarizePod } from '../../../../../src/report/html/document/summarizePod';
import type { Event, EventOf } from '../../../../../src/timeline/event';
import {
  asked,
  container,
  failed,
  type Life,
  markedForDeletion,
  published,
  ready,
  removed,
  s,
  timelineOf,
} from '../../../timeline/events';

const summarize = (...life: Life) => summarizePod(timelineOf(...life), undefined);
const texts = (...life: Life) => summarize(...life).map(({ text }) => text);

const acts = (seconds: number, action: EventOf<'TestActed'>['action'], more: object = {}): EventOf<'TestActed'> => {
  return { at: s(seconds), source: 'test', kind: 'TestActed', action, ...more };
};
const waiting = (seconds: number, reason: string, message?: string): Event =>
  published(seconds, {
    containerStatuses: [container({ state: { waiting: { reason, ...(message !== undefined && { message }) } } })],
  });

describe('the readiness in summarizePod', () => {
  test('shows when the pod first became Ready', () => {
    expect(summarize(ready(2, false), ready(4.2), ready(9))).toEqual([
      { tone: 'good', text: 'Pod became Ready after 4.2s', at: 4_200 },
    ]);
  });

  test('shows neither reason nor fix if nothing failed', () => {
    expect(summarize(ready(2, false))).toEqual([{ tone: 'bad', text: 'Pod did not become Ready' }]);
    expect(summarize(waiting(2, 'ContainerCreating'))).toEqual([{ tone: 'bad', text: 'Pod did not become Ready' }]);
  });

  test('shows the reason of a waiting container and its fix', () => {
    expect(summarize(waiting(2, 'ErrImagePull', 'manifest \u001b[1munknown'))).toEqual([
      {
        tone: 'bad',
        text: 'Pod did not become Ready: web is Waiting, reason ErrImagePull (manifest unknown)',
        fix: 'Correct the image name, or give the node access to the registry.',
      },
    ]);
    expect(summarize(waiting(2, 'RunContainerError'))).toEqual([
      { tone: 'bad', text: 'Pod did not become Ready: web is Waiting, reason RunContainerError', fix: undefined },
    ]);
  });

  test('shows the output of the failing probe and its fix', () => {
    const output = 'HTTP probe failed with statuscode: 404';
    expect(summarize(failed(9, 'readiness', 3, output))).toEqual([
      {
        tone: 'bad',
        text: `Pod did not become Ready: the readiness probe of web fails (${output})`,
        fix: 'Make the check succeed, or correct the readinessProbe of web.',
      },
    ]);
  });
});

describe('summarizePod', () => {
  test('sorts the headlines by their instants, and puts an aborted run first', () => {
    const life = timelineOf(ready(2), acts(5, 'freeze', { container: 'web' }), markedForDeletion(9), removed(10));
    expect(summarizePod(life, 'the engine \u001b[1mfailed').map(({ text }) => text)).toEqual([
      'The run was aborted: the engine failed',
      'Pod became Ready after 2.0s',
      'Test action: freeze web',
      'Pod was deleted, and removed 1.0s later',
    ]);
  });

  test('names at most five faults of the test, and no other action', () => {
    const faults = [
      acts(3, 'kill', { container: 'web' }),
      acts(4, 'disconnect', { service: 'db' }),
      acts(5, 'limit', { container: 'web', detail: 'cpu 100m' }),
    ];
    const harmless = [acts(6, 'exec', { container: 'web' }), acts(6, 'requests'), acts(7, 'thaw')];
    expect(texts(ready(2), ...faults, ...harmless).slice(1)).toEqual([
      'Test action: kill web',
      'Test action: disconnect db',
      'Test action: limit web (cpu 100m)',
    ]);
    const many = Array.from({ length: 9 }, (_, n) => acts(3 + n, 'freeze', { container: 'web' }));
    expect(texts(ready(2), ...many).slice(1)).toHaveLength(5);
  });
});

describe('the requests in summarizePod', () => {
  const requests = (...life: Life) => summarize(ready(2), ...life).filter(({ text }) => text.includes('dropped'));

  test('show the number of dropped requests and the first failure', () => {
    expect(requests(asked(5), asked(6))).toEqual([
      { tone: 'good', text: 'No requests dropped (2 requests sent)', at: 6_005 },
    ]);
    expect(requests(asked(5), asked(6, 'connection refused'), asked(7, 'timed out'))).toEqual([
      { tone: 'bad', text: '2 of 3 requests dropped: connection refused', fix: undefined, at: 6_005 },
    ]);
    expect(requests()).toEqual([]);
  });

  test('show a fix if they were dropped after the deletion', () => {
    expect(requests(markedForDeletion(5), asked(6, 'connection refused'))[0]?.fix).toMatch(
      /^Keep serving after SIGTERM/,
    );
    const freeze = acts(4, 'freeze', { container: 'web' });
    expect(requests(freeze, markedForDeletion(5), asked(6, 'timed out'))[0]?.fix).toBeUndefined();
  });
});
