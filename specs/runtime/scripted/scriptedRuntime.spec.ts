import { expect, test } from '@jest/globals';
import { simulatePod } from '../../../src/pod/simulatePod';

const DRAINS = ['drain'];

test('ends a hook that would never end with the container that it runs in', async () => {
  const lifecycle = { preStop: { exec: { command: DRAINS } } };
  const containers = [{ name: 'web', image: 'web:1', lifecycle }];
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers } };
  const pod = simulatePod(manifest, {
    web: [
      { at: '0s', exec: { drain: { takes: 'forever' } } },
      { at: '5s', exit: 0 },
    ],
  });
  pod.advance('1s');

  await pod.delete();

  expect(pod.timeline.of('HookFinished')).toMatchObject([{ hook: 'preStop', failed: true, at: 5_000 }]);
  expect(pod.timeline.of('ContainerExited')).toMatchObject([{ exitCode: 0, at: 5_000 }]);
  expect(pod.timeline.of('SignalSent')).toEqual([]);
});
