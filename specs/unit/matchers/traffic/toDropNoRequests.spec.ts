import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import type { TerminatedPod } from '../../../../src/waiting/podRun';
import {
  acted,
  asked,
  exited,
  hooked,
  type Life,
  markedForDeletion,
  ready,
  recorded,
  removed,
  signalled,
  started,
  withIP,
} from '../../timeline/events';
import { messageOf } from '../messageOf';
import { replay } from '../replay';

const inEndpoints = (seconds: number, value = true) => withIP(ready(seconds, value));
const gone = (past: Life) => replay({ past, ends: true }) as TerminatedPod;
const requests = acted(1, 'requests', 'GET / every 100ms');
const up = [acted(0, 'run'), started(0.5), inEndpoints(0.9), requests];
const killing = recorded(2, 'Killing', 'Stopping container web');
const deleted = [acted(2, 'delete'), markedForDeletion(2), killing];
const stoppedAtOnce = [
  ...deleted,
  signalled(2.03, 'SIGTERM', 30_000),
  asked(2.01),
  exited(2.08, 0, { afterSignalMs: 50 }),
  ...[2.11, 2.21, 2.31, 2.41, 2.51, 2.61, 2.71].map((at) => asked(at, 'refused')),
  removed(3),
];

test('passes while all requests get a response', async () => {
  await expect(replay({ past: [...up, asked(1.1)], coming: [asked(1.2)] })).toDropNoRequests({ for: '5s' });
});

test('checks the whole timeline of a removed pod', async () => {
  const drained = [...deleted, asked(2.5), hooked(4, 'preStop', 2_000), signalled(4, 'SIGTERM', 28_000), removed(5)];
  await expect(gone([...up, asked(1.1), ...drained])).toDropNoRequests();
  await expect(gone([...up, asked(1.1), ...stoppedAtOnce])).not.toDropNoRequests();
});

test('prints each dropped request relative to SIGTERM and the endpoints', async () => {
  const pod = gone([...up, asked(1.1), asked(1.9), ...stoppedAtOnce]);
  expect(await messageOf(() => expect(pod).toDropNoRequests())).toBe(
    `expect(pod).toDropNoRequests()

Expected: no request to be dropped during the whole run
Received: 7 of 10 requests dropped after 2.1s

GET / refused: sent 0.08s after SIGTERM, ended 0.09s after it, 0.11s after removal from the endpoints
GET / refused: sent 0.18s after SIGTERM, ended 0.18s after it, 0.21s after removal from the endpoints
GET / refused: sent 0.28s after SIGTERM, ended 0.28s after it, 0.31s after removal from the endpoints
GET / refused: sent 0.38s after SIGTERM, ended 0.39s after it, 0.41s after removal from the endpoints
GET / refused: sent 0.48s after SIGTERM, ended 0.48s after it, 0.51s after removal from the endpoints
and 2 more

  (2 earlier lines left out)
  +0.9s  pod   Ready
  +1.0s  test  requests  GET / every 100ms
  +2.0s  test  delete
  +2.0s  pod   deleted   grace period 30s
  +2.0s  web   Killing   Stopping container web
  +2.0s  web   SIGTERM   grace period 30s
  +2.1s  web   exited    0, 0.1s after SIGTERM
> +2.1s  test  dropped   GET / refused, the first of 7 requests in 0.6s
  +3.0s  pod   removed

Cause: Clients keep connecting for a while after the stop signal, because endpoint removal and the signal happen in parallel.
Fix:   Keep serving during that time: add a preStop hook that sleeps, or delay the shutdown in the signal handler.
Docs:  jest-kubelet/docs/faq/endpoints.md#endpoints-and-sigterm`,
  );
});

test('fails at the first dropped request, even while the pod is an endpoint', async () => {
  const pod = replay({ past: up, coming: [asked(3), asked(4, 'answered 503'), asked(5)] });
  expect(await messageOf(() => expect(pod).toDropNoRequests({ for: '1m' }))).toBe(
    `expect(pod).toDropNoRequests({ for: '1m' })

Expected: no request to be dropped within 1m
Received: 1 of 2 requests dropped after 4.0s

GET / answered 503: sent at 4.00s, ended at 4.00s, while in the endpoints

  +0.0s  test  run
  +0.5s  web   Started   Container started
  +0.9s  pod   Ready
  +1.0s  test  requests  GET / every 100ms
> +4.0s  test  dropped   GET / answered 503`,
  );
});

test('prints under .not the number of responses', async () => {
  const pod = replay({ past: up, coming: [asked(3), asked(4)] });
  expect(await messageOf(() => expect(pod).not.toDropNoRequests({ for: '10s' }))).toBe(
    `expect(pod).not.toDropNoRequests({ for: '10s' })

Expected: a request to be dropped within 10s
Received: 2 requests, none dropped after 11.0s

  +0.0s  test  run
  +0.5s  web   Started   Container started
  +0.9s  pod   Ready
  +1.0s  test  requests  GET / every 100ms`,
  );
});

test('ignores requests dropped before the last client started while the pod is running', async () => {
  const past = [...up, asked(1.1, 'refused'), acted(3, 'requests', 'GET /api every 100ms'), asked(3.1)];
  await expect(replay({ past })).toDropNoRequests({ for: '1s' });
});

test.each([
  [
    'no client is running',
    [acted(0, 'run'), started(1)],
    "no client is sending requests to the pod. Start one first: await pod.requests('/')",
  ],
  [
    'no request was sent',
    [acted(0, 'run'), started(1), requests],
    'no request finished while the pod was watched: it was not in the endpoints, or a response takes longer. Wait with toEnterEndpoints first, or watch longer',
  ],
])('throws if %s, because no request could be dropped', async (_, past, complaint) => {
  expect(await messageOf(() => expect(replay({ past })).toDropNoRequests({ for: '1s' }))).toBe(
    `expect(pod).toDropNoRequests({ for: '1s' })\n\nMatcher error: ${complaint}`,
  );
  expect(await messageOf(() => expect(replay({ past })).not.toDropNoRequests({ for: '1s' }))).toBe(
    `expect(pod).not.toDropNoRequests({ for: '1s' })\n\nMatcher error: ${complaint}`,
  );
});
