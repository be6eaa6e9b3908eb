import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { runPod } from '../../src/pod/live/runPod';
import { registry, removePods } from '../../src/pod/shared/registry';
import { realSecond } from '../pace';
import { messageOf } from '../unit/matchers/messageOf';
import { describeOnEngine } from './onEngine';

/** Serves until SIGTERM, then closes all connections immediately and exits a little later. */
const HANGS_UP =
  'cd /tmp; touch healthy; echo hi > index.html; httpd -f -p 8080 & trap "kill -9 $!; sleep 0.3; exit 0" TERM; while true; do wait; done';
const readinessProbe = {
  exec: { command: ['cat', '/tmp/healthy'] },
  ...{ periodSeconds: 1, timeoutSeconds: realSecond(), failureThreshold: 1 },
};

/** Enough time for several requests. */
const WATCHED = `${realSecond()}s` as const;

function serve(container: object = {}, spec: object = {}) {
  const ports = [{ containerPort: 8080, name: 'http' }];
  const web = { name: 'web', image: 'busybox:1.36', command: ['sh', '-c', HANGS_UP], ports, readinessProbe };
  const metadata = { name: 'shop', labels: { app: 'shop' } };
  return runPod([
    { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ ...web, ...container }], ...spec } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shop' },
      spec: { selector: { app: 'shop' }, ports: [{ port: 80, targetPort: 'http' }] },
    },
  ]);
}

describeOnEngine('the requests to a pod', () => {
  afterEach(() => {
    for (const pod of registry().pods) pod.remove();
  });
  // It ends the agent too.
  afterAll(() => removePods('file'));

  test('fail if the server exits on SIGTERM while clients still send requests', async () => {
    const pod = await serve();
    await pod.requests('/index.html', { every: '50ms', endpointRemovalDelay: '1s' });
    await expect(pod).toEnterEndpoints();
    await expect(pod).toDropNoRequests({ for: WATCHED });
    const gone = await pod.delete();
    await expect(gone).toLeaveEndpoints({ serving: true, terminating: true });
    await expect(gone).not.toDropNoRequests();
    expect(await messageOf(() => expect(gone).toDropNoRequests())).toMatch(
      /^GET \/index.html refused: sent 0\.\d\ds after SIGTERM, ended 0\.\d\ds after it, 0\.\d\ds after removal from the endpoints$/m,
    );
    // Requests before the deletion succeeded.
    const [mark] = pod.timeline.of('DeletionMarked');
    const dropped = pod.timeline.of('RequestFinished').filter(({ failure }) => failure !== undefined);
    expect(dropped.length).toBeGreaterThan(1);
    expect(dropped.every(({ at }) => at >= (mark?.at ?? 0))).toBe(true);
  });

  test('succeed if a preStop hook waits until clients send no more requests', async () => {
    const pod = await serve({ lifecycle: { preStop: { exec: { command: ['sleep', '2'] } } } });
    await pod.requests('/index.html', { every: '50ms', endpointRemovalDelay: '1s' });
    await expect(pod).toEnterEndpoints();
    const gone = await pod.delete();
    await expect(gone).toDropNoRequests();
    const requests = pod.timeline.of('RequestFinished');
    const [mark] = pod.timeline.of('DeletionMarked');
    expect(requests.filter(({ sentAt }) => sentAt > (mark?.at ?? 0)).length).toBeGreaterThan(1);
    expect(requests.every(({ status }) => status === 200)).toBe(true);
  });

  test('stop for a deleted pod, although it serves until its readiness fails', async () => {
    const preStop = { exec: { command: ['sh', '-c', 'sleep 0.5; rm /tmp/healthy; sleep 1.5'] } };
    const pod = await serve({ lifecycle: { preStop } });
    await expect(pod).toEnterEndpoints();
    const gone = pod.delete();
    await expect(pod).toLeaveEndpoints({ terminating: true, serving: true, since: 'start' });
    await expect(pod).not.toEnterEndpoints({ within: '100ms' });
    await expect(await gone).toLeaveEndpoints({ terminating: true, serving: false });
  });

  test('stop when readiness fails, and start again when it succeeds', async () => {
    const pod = await serve();
    await pod.requests('/index.html', { every: '50ms', endpointRemovalDelay: '0s' });
    await expect(pod).toEnterEndpoints();
    await pod.container('web').exec(['rm', '/tmp/healthy']);
    await expect(pod).toLeaveEndpoints({ serving: false, terminating: false });
    const left = pod.timeline.of('RequestFinished').length;
    await expect(pod).not.toEnterEndpoints({ within: '1s' });
    // One may have been in progress.
    expect(pod.timeline.of('RequestFinished').length - left).toBeLessThan(3);
    await pod.container('web').exec(['touch', '/tmp/healthy']);
    await expect(pod).toEnterEndpoints();
    await expect(pod).toDropNoRequests({ for: WATCHED });
  });

  test('count as dropped on 5xx and timeouts, but not on 404', async () => {
    const pod = await serve();
    await expect(pod).toEnterEndpoints();
    const client = await pod.requests('/nosuch', { every: '50ms' });
    await expect(pod).toDropNoRequests({ for: WATCHED });
    await client.stop();
    expect(pod.timeline.of('RequestFinished').at(-1)).toMatchObject({ path: '/nosuch', status: 404 });
    await pod.container('web').freeze();
    await pod.requests('/index.html', { every: '100ms', timeout: '300ms' });
    await expect(pod).not.toDropNoRequests({ for: '5s' });
    expect(pod.timeline.of('RequestFinished').find(({ failure }) => failure)?.failure).toBe('timed out after 0.3s');
  });

  test('stop at the end of an await using block, with none in progress', async () => {
    const pod = await serve();
    await expect(pod).toEnterEndpoints();
    {
      await using _client = await pod.requests('/index.html', { every: '20ms' });
      await expect(pod).toDropNoRequests({ for: WATCHED });
    }
    const asked = pod.timeline.of('RequestFinished').length;
    expect(asked).toBeGreaterThan(3);
    await expect(pod).toStayReady({ for: '500ms' });
    expect(pod.timeline.of('RequestFinished')).toHaveLength(asked);
  });

  test('do not delay the end of a test', async () => {
    const pod = await serve();
    await pod.requests('/index.html', { every: '20ms' });
    await expect(pod).toEnterEndpoints();
    await pod.remove();
    expect(pod.ended).toBe(true);
  });
});

describeOnEngine('the requests to a pod that this machine cannot reach', () => {
  beforeAll(() => {
    process.env.JEST_KUBELET_DIAL = 'inside';
  });
  afterEach(() => {
    for (const pod of registry().pods) pod.remove();
  });
  afterAll(() => {
    delete process.env.JEST_KUBELET_DIAL;
    removePods('file');
  });

  test('run inside its network, and are dropped there too', async () => {
    const pod = await serve();
    await pod.requests('/index.html', { every: '200ms', endpointRemovalDelay: '1s' });
    await expect(pod).toEnterEndpoints();
    await expect(pod).toDropNoRequests({ for: WATCHED });
    const gone = await pod.delete();
    await expect(gone).not.toDropNoRequests();
    const failures = pod.timeline.of('RequestFinished').flatMap(({ failure }) => failure ?? []);
    expect(failures).toContain('refused');
    const known = ['refused', 'connection reset', 'no route to host', 'found the pod gone'];
    expect(failures.filter((failure) => !known.includes(failure))).toEqual([]);
  });
});
