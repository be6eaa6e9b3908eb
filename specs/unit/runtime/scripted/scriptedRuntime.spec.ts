import { expect, test } from '@jest/globals';
import type { SimulatedPod } from '../../../../src/pod/simulated/simulatedPod';
import { simulatePod } from '../../../../src/pod/simulated/simulatePod';
import type { ScriptEntry } from '../../../../src/runtime/scripted/script';
import type { StartFailure } from '../../../../src/timeline/causes';

function run(container: object, script: readonly ScriptEntry[]): SimulatedPod {
  const containers = [{ name: 'web', image: 'web:1', ...container }];
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers } };
  return simulatePod(manifest, { web: script });
}

const LIVENESS = { httpGet: { path: '/', port: 80 }, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 1 };

test('ends an endless hook with its container', async () => {
  const lifecycle = { preStop: { exec: { command: ['drain'] } } };
  const pod = run({ lifecycle }, [
    { at: '0s', exec: { drain: { takes: 'forever' } } },
    { at: '5s', exit: 0 },
  ]);
  pod.advance('1s');

  await pod.delete();

  expect(pod.timeline.of('HookFinished')).toMatchObject([{ hook: 'preStop', failed: true, at: 5_000 }]);
  expect(pod.timeline.of('ContainerExited')).toMatchObject([{ exitCode: 0, at: 5_000 }]);
  expect(pod.timeline.of('SignalSent')).toEqual([]);
});

test('starts each instance after its startLag', () => {
  const pod = run({}, [
    { at: '0s', run: 1, startLag: '300ms', exit: 1 },
    { at: '0s', run: 2, startLag: '700ms' },
  ]);
  pod.advance('10s');
  expect(pod.timeline.of('ContainerStarted').map(({ at }) => at)).toEqual([300, 1_000]);
});

test.each([
  ['in time', '900ms', 'Success'],
  ['too late', '1s', 'Failure'],
  ['never', 'forever', 'Failure'],
])('returns for a response %s', (_, takes, result) => {
  const pod = run({ livenessProbe: LIVENESS }, [{ at: '0s', http: { 80: { '/': { status: 200, takes } } } }]);
  pod.advance('3s');
  expect(pod.timeline.of('ProbeFinished')[0]).toMatchObject({ result, tookMs: takes === '900ms' ? 900 : 1_000 });
});

test('drops a response if its process exits first', () => {
  const pod = run({ livenessProbe: LIVENESS }, [
    { at: '0s', http: { 80: { '/': { status: 200, takes: '900ms' } } } },
    { at: '1500ms', exit: 0 },
  ]);
  pod.advance('3s');
  expect(pod.timeline.of('ProbeFinished')[0]).toMatchObject({
    result: 'Failure',
    output: 'Get "http://10.244.0.7:80/": EOF',
    at: 1_500,
  });
});

test.each<[string, object, ScriptEntry, StartFailure | undefined]>([
  ['an image that does not exist', {}, { at: '0s', imagePull: 'fails' }, { kind: 'imageMissing' }],
  [
    'a message of the registry about a missing image',
    {},
    { at: '0s', imagePull: { fails: 'x: not found' } },
    { kind: 'imageMissing' },
  ],
  ['a registry that does not respond', {}, { at: '0s', imagePull: { fails: 'dial tcp: i/o timeout' } }, undefined],
  ['a missing program', {}, { at: '0s', missing: 'serve' }, { kind: 'programMissing' }],
  [
    'a user that may be root',
    { securityContext: { runAsNonRoot: true } },
    { at: '0s', imageUser: 'node' },
    { kind: 'runAsNonRoot' },
  ],
  [
    'a missing Secret',
    { envFrom: [{ secretRef: { name: 'login' } }] },
    { at: '0s' },
    { kind: 'configMissing', object: 'Secret' },
  ],
])('records why a container cannot start: %s', (_, container, entry, failure) => {
  const pod = run(container, [entry]);
  pod.advance('1s');
  expect(pod.timeline.of('Failed').at(-1)?.failure).toEqual(failure);
});

test('records why a volume cannot be mounted', () => {
  const containers = [{ name: 'web', image: 'web:1', volumeMounts: [{ name: 'conf', mountPath: '/conf' }] }];
  const volumes = [{ name: 'conf', configMap: { name: 'settings' } }];
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers, volumes } };
  const pod = simulatePod(manifest);
  pod.advance('1s');
  expect(pod.timeline.of('FailedMount')[0]?.failure).toEqual({ kind: 'configMissing', object: 'ConfigMap' });
});

test('rejects a response with an invalid duration', () => {
  expect(() => run({}, [{ at: '0s', http: { 80: { '/': { status: 200, takes: 'long' } } } }])).toThrow(
    "takes must be a duration such as '10s', received 'long'",
  );
});
