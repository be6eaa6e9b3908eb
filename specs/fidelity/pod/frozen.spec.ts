import { describe, expect, test } from '@jest/globals';
import { type AppScript, type SimulatedPod, simulatePod } from 'jest-kubelet';
import { isReady } from '../../../src/timeline/condition';

const HTTP = { httpGet: { path: '/', port: 80 }, periodSeconds: 10, failureThreshold: 1 };
const SERVES: AppScript = { web: [{ at: '0s', http: { 80: { '/': 200 } }, grpc: { 90: { '': 'SERVING' } } }] };

function frozen(container: object, script: AppScript = SERVES, spec: object = {}): SimulatedPod {
  const containers = [{ name: 'web', image: 'web:dev', ...container }];
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers, ...spec } };
  const pod = simulatePod(manifest, script);
  pod.advance('5s');
  return pod;
}

const lastAnswer = (pod: SimulatedPod) => pod.timeline.of('ProbeFinished').at(-1);

describe('a frozen container in virtual time', () => {
  test('fails an httpGet probe after its timeout', async () => {
    const pod = frozen({ readinessProbe: { ...HTTP, timeoutSeconds: 2 } });
    expect(isReady(pod.timeline.status)).toBe(true);
    await pod.container('web').freeze();
    pod.advance('10s');
    expect(lastAnswer(pod)).toMatchObject({
      result: 'Failure',
      tookMs: 2_000,
      output: expect.stringContaining('context deadline exceeded (Client.Timeout exceeded while awaiting headers)'),
    });
    expect(isReady(pod.timeline.status)).toBe(false);
    await pod.container('web').thaw();
    pod.advance('10s');
    expect(isReady(pod.timeline.status)).toBe(true);
  });

  test('fails a grpc probe after its timeout', async () => {
    const pod = frozen({ readinessProbe: { grpc: { port: 90 }, timeoutSeconds: 2 } });
    await pod.container('web').freeze();
    pod.advance('10s');
    expect(lastAnswer(pod)).toMatchObject({ result: 'Failure', tookMs: 2_000 });
    expect(lastAnswer(pod)?.output).toBe('timeout: health rpc did not complete within 2s');
  });

  test.each([{ tcpSocket: { port: 80 } }, { exec: { command: ['true'] } }])(
    'passes the probe %j',
    async (livenessProbe) => {
      const pod = frozen({ livenessProbe });
      await pod.container('web').freeze();
      pod.advance('10m');
      expect(lastAnswer(pod)).toMatchObject({ result: 'Success', tookMs: 0 });
      expect(pod.timeline.of('ContainerExited')).toEqual([]);
    },
  );

  test('takes the whole grace period to stop, with exit code 137', async () => {
    const pod = frozen({}, SERVES, { terminationGracePeriodSeconds: 20 });
    await pod.container('web').freeze();
    await pod.delete();
    expect(pod.timeline.of('SignalSent').map(({ signal, at }) => [signal, at])).toEqual([
      ['SIGTERM', 5_000],
      ['SIGKILL', 25_000],
    ]);
    expect(pod.timeline.of('ContainerExited')).toMatchObject([{ exitCode: 137, at: 25_000 }]);
  });

  test('handles signals and delayed actions after thaw', async () => {
    const script = { web: [{ at: '0s', onTerm: { exitAfter: '3s', code: 0 } }] };
    const pod = frozen({}, script);
    await pod.container('web').freeze();
    await pod.container('web').kill('SIGTERM');
    pod.advance('60s');
    expect(pod.timeline.of('ContainerExited')).toEqual([]);
    await pod.container('web').thaw();
    pod.advance('4s');
    expect(pod.timeline.of('ContainerExited')).toMatchObject([{ exitCode: 0, at: 68_000 }]);

    const short = frozen({}, { web: [{ at: '10s', exit: 7 }] });
    await short.container('web').freeze();
    short.advance('60s');
    await short.container('web').thaw();
    expect(short.timeline.of('ContainerExited')).toMatchObject([{ exitCode: 7, at: 65_000 }]);
  });

  test('responds to pending requests at thaw', async () => {
    const pod = frozen({ readinessProbe: { ...HTTP, timeoutSeconds: 9 } });
    await pod.container('web').freeze();
    pod.advance('7s');
    await pod.container('web').thaw();
    expect(lastAnswer(pod)).toMatchObject({ result: 'Success', at: 12_000, tookMs: 2_000 });
  });

  test('restarts by its liveness probe', async () => {
    const pod = frozen({ livenessProbe: HTTP }, SERVES, { terminationGracePeriodSeconds: 5 });
    await pod.container('web').freeze();
    pod.advance('2m');
    expect(pod.status.containerStatuses).toMatchObject([{ restartCount: 1, ready: true }]);
    expect(pod.timeline.of('ContainerExited')).toMatchObject([{ exitCode: 137 }]);
    expect(lastAnswer(pod)).toMatchObject({ result: 'Success' });
  });

  test('must be running', async () => {
    const pod = frozen({}, { web: [{ at: '0s', exit: 0 }] }, { restartPolicy: 'Never' });
    await expect(pod.container('web').freeze()).rejects.toThrow(
      'container web: is not running. Only a running container can be frozen or thawed',
    );
  });
});
