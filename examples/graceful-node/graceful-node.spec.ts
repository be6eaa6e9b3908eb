import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { type LivePod, runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';

const GRACEFUL = `${__dirname}/graceful.yaml`;
const CARELESS = `${__dirname}/careless.yaml`;
const CARELESS_WITHOUT_NPM = readFileSync(CARELESS, 'utf8').replace('[npm, start]', '[node, careless.mjs]');

const IMAGES = { web: 'jest-kubelet-example/graceful-node' };

test('a service that serves on after SIGTERM, and then closes, ends with 0', async () => {
  const pod = await runPod(GRACEFUL, { images: IMAGES });
  await expect(pod).toBecomeReady();

  await pod.delete();

  expect(signalsTo(pod)).toEqual(['SIGTERM']);
  expect(exitCodesOf(pod)).toEqual([0]);
});

test('npm passes SIGTERM on, and a service without a handler is gone at once', async () => {
  const pod = await runPod(CARELESS, { images: IMAGES });
  await expect(pod).toBecomeReady();

  await pod.delete();

  expect(signalsTo(pod)).toEqual(['SIGTERM']);
  expect(exitCodesOf(pod)).toEqual([1]);
});

test('the same service without npm in front of it does not even notice SIGTERM, and is killed when the grace is over', async () => {
  const pod = await runPod(CARELESS_WITHOUT_NPM, { images: IMAGES });
  await expect(pod).toBecomeReady();

  await pod.delete();

  expect(signalsTo(pod)).toEqual(['SIGTERM', 'SIGKILL']);
  expect(exitCodesOf(pod)).toEqual([137]);
});

function exitCodesOf({ timeline }: LivePod): number[] {
  return timeline.of('ContainerExited').map(({ exitCode }) => exitCode);
}

function signalsTo({ timeline }: LivePod): string[] {
  return timeline.of('SignalSent').map(({ signal }) => signal);
}
