import { createRequire } from 'node:module';
import { expect } from 'expect';
import { type LivePod, type RunPodOptions, runPod } from 'jest-kubelet';
import type { BareContainer } from './bareEngine.mts';

const require = createRequire(import.meta.url);
expect.extend(require('jest-kubelet/matchers') as typeof import('jest-kubelet/matchers'));

export { expect };

/** Listens by the time its start returns. */
export const HTTPD: BareContainer = {
  image: 'busybox:1.36',
  command: ['httpd', '-f', '-p', '8080', '-h', '/etc'],
};
export const HTTPD_PATH = '/hostname';

/** Fields of an API object. */
export type Fields = Readonly<Record<string, unknown>>;

export const everySecond = { httpGet: { path: HTTPD_PATH, port: 8080 }, periodSeconds: 1 };

export function podOf(container: Fields, spec: Fields = {}): Fields {
  const containers = [{ name: 'web', ...container }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bench' }, spec: { containers, ...spec } };
}

/** Has to be answered once before the pod is Ready. */
export const httpdPod = podOf({ ...HTTPD, readinessProbe: everySecond });

/** Starts a pod and waits until it is Ready. */
export async function readyPod(manifest: Fields, options: RunPodOptions = {}): Promise<LivePod> {
  const pod = await runPod(manifest, options);
  await expect(pod).toBecomeReady({ within: '2m' });
  return pod;
}
