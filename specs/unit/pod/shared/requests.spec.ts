import { expect, test } from '@jest/globals';
import { simulatePod } from '../../../../src/pod/simulated/simulatePod';

const manifest = (more: object = {}, service?: object) => [
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop', labels: { app: 'shop' } },
    spec: {
      terminationGracePeriodSeconds: 5,
      containers: [
        {
          name: 'web',
          image: 'shop/web:1',
          ports: [{ containerPort: 8080 }],
          readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1, failureThreshold: 1 },
          ...more,
        },
      ],
    },
  },
  ...(service ? [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'shop' }, spec: service }] : []),
];
const SERVES = { at: '0s', http: { '8080': { '/': 200 } } };

const finished = (pod: ReturnType<typeof simulatePod>) =>
  pod.timeline.of('RequestFinished').map(({ at, status, failure }) => `${at} ${failure ?? status}`);

test('sends requests while the pod is an endpoint, and during the removal delay', async () => {
  const pod = simulatePod(manifest(), { web: [SERVES, { at: '3s', http: { '8080': { '/': 404 } } }] });
  await pod.requests('/', { every: '500ms', endpointRemovalDelay: '1s' });
  pod.advance('10s');
  expect(pod.timeline.of('TestActed').at(-1)).toMatchObject({ action: 'requests', detail: 'GET / every 500ms' });
  const [ready] = pod.timeline.of('StatusPublished').filter(({ status }) => status.conditions.some(isReady));
  expect(pod.timeline.of('RequestFinished')[0]?.at).toBe(ready?.at);
  // A 404 is a response for the client, but a failure for the probe.
  expect(finished(pod).slice(-3)).toEqual(['2500 200', '3000 404', '3500 404']);
});

const isReady = ({ type, status }: { readonly type: string; readonly status: string }) =>
  type === 'Ready' && status === 'True';

test('finds the pod gone if it terminates before the removal reaches clients', async () => {
  const pod = simulatePod(manifest(), { web: [SERVES] });
  await pod.requests('/', { every: '200ms', endpointRemovalDelay: '500ms' });
  pod.advance('1100ms');
  await pod.delete();
  expect(finished(pod).slice(-3)).toEqual(['1000 200', '1200 found the pod gone', '1400 found the pod gone']);
  expect(pod.timeline.events.at(-1)?.kind).toBe('RequestFinished');
});

test('uses the port of the Service, and requests unready pods if it publishes them', async () => {
  const service = {
    selector: { app: 'shop' },
    ports: [{ port: 80, targetPort: 9090 }],
    publishNotReadyAddresses: true,
  };
  const pod = simulatePod(manifest({}, service), { web: [{ at: '0s', http: { '9090': { '/': 500 } } }] });
  await pod.requests('/', { every: '1s' });
  pod.advance('2s');
  expect(finished(pod)).toEqual(['0 answered 500', '1000 answered 500', '2000 answered 500']);
});

test('sends no request after the client has stopped', async () => {
  const pod = simulatePod(manifest(), { web: [SERVES] });
  const client = await pod.requests('/', { every: '1s' });
  pod.advance('2s');
  await client.stop();
  const asked = pod.timeline.of('RequestFinished').length;
  pod.advance('10s');
  expect(pod.timeline.of('RequestFinished')).toHaveLength(asked);
});

test.each([
  [() => simulatePod(manifest()).requests('health'), "requests: path must begin with '/', received 'health'"],
  [
    () => simulatePod(manifest()).requests(...([] as unknown as [string])),
    "requests: path must begin with '/', received undefined",
  ],
  [
    () => simulatePod(manifest()).requests('/', { evry: '1s' } as object),
    'requests: unknown option "evry". Did you mean "every"?',
  ],
  [
    () => simulatePod(manifest()).requests('/', { every: '0s' }),
    "requests: every must be a duration such as '100ms' or '1m30s', received '0s'",
  ],
  [
    () => simulatePod(manifest()).requests('/', { port: 'http' }),
    'pod shop: no port is named "http". Its containers name no ports',
  ],
])('rejects an invalid request: %#', async (request, complaint) => {
  await expect(request()).rejects.toThrow(complaint);
});

test('records the output of a script by lines until the process exits', () => {
  const pod = simulatePod(manifest({ env: [] }), {
    web: [
      { at: '1s', stdout: 'up\nlistening' },
      { at: '2s', exit: 1 },
      { at: '3s', stdout: 'never' },
    ],
  });
  pod.advance('4s');
  expect(pod.timeline.output.lines.map(({ at, attempt, text }) => `${at} ${attempt} ${text}`)).toEqual([
    '1000 0 up',
    '1000 0 listening',
    '3000 1 up',
    '3000 1 listening',
  ]);
});

test('waits for a slow response, and loses one if the process exits first', async () => {
  const slow = { at: '0s', http: { '8080': { '/': 200, '/slow': { status: 200, takes: '300ms' } } } };
  const pod = simulatePod(manifest(), { web: [slow, { at: '2500ms', exit: 1 }] });
  const client = await pod.requests('/slow', { every: '1s', endpointRemovalDelay: '0s' });
  pod.advance('2200ms');
  expect(finished(pod)).toEqual(['300 200', '1300 200']);
  pod.advance('500ms');
  await client.stop();
  expect(finished(pod).at(-1)).toBe('2300 200');
  const impatient = simulatePod(manifest(), {
    web: [
      { ...slow, run: 1 },
      { at: '1100ms', exit: 1 },
    ],
  });
  await impatient.requests('/slow', { every: '1s', endpointRemovalDelay: '0s', timeout: '200ms' });
  impatient.advance('1500ms');
  expect(finished(impatient)).toEqual(['200 timed out after 0.2s', '1200 connection reset']);
});
