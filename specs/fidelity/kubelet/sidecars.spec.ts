import { expect, test } from '@jest/globals';
import { s, simulate, story } from './scenarios';

const startupProbe = { exec: { command: ['started'] }, periodSeconds: 1, failureThreshold: 60 } as const;
const proxy = { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always', startupProbe } as const;
const spec = { initContainers: [proxy], containers: [{ name: 'web' }] };
const app = {
  proxy: [
    { at: '0s', exec: { started: 1 }, onTerm: { exitAfter: '0s', code: 0 } },
    { at: '20s', run: 1, exec: { started: 0 } },
    { at: '0s', run: '2+', exec: { started: 0 } },
  ],
} as const;

test('replaces a sidecar with a new image only after its startup probe succeeded', () => {
  const pod = simulate(spec, app);
  pod.advance(s(5));
  const before = pod.state.pod.spec;
  const renamed = before.initContainers.map((each) => ({ ...each, image: 'proxy:2' }));
  pod.observe({ kind: 'SpecPatched', spec: { ...before, initContainers: renamed } });
  pod.advance(s(60));
  expect(story(pod, 'ContainerStarted', 'ContainerExited')).toEqual([
    '0 proxy ContainerStarted',
    '20 proxy ContainerExited 0',
    '20 proxy ContainerStarted',
    '20 web ContainerStarted',
  ]);
});
