import { setTimeout } from 'node:timers/promises';
import { type LivePod, runPod } from 'jest-kubelet';
import type { Observed } from '../recording/observed';
import { observedOn } from './fromTimeline';
import { ALLOWED, type Play } from './play';

/** Runs a pod on the container engine in real time, does to it what is recorded, and returns what was seen. */
export async function playOnEngine({ manifest, kubernetesVersion, acts, seconds }: Play): Promise<Observed> {
  const conditions = acts.some(({ patch }) => patch);
  if (conditions) throw new Error('an engine cannot patch a condition');
  const pod = await runPod(manifest, { kubernetesVersion, allow: ALLOWED, cgroup: 'v1', skipBackOff: false });
  const createdAt = performance.now();
  const deletions: Promise<unknown>[] = [];
  const failures: Error[] = [];
  try {
    for (const { at, delete: deletion } of [...acts].sort((a, b) => a.at - b.at)) {
      await reach(pod, createdAt, at * 1000);
      deletions.push(pod.delete(deletion).catch((error: Error) => failures.push(error)));
    }
    const endMs = seconds * 1000;
    await reach(pod, createdAt, endMs);
    const [failure] = pod.broken ? [pod.broken] : failures;
    if (failure) throw failure;
    const hasService = Object.keys(pod.pod.metadata.labels ?? {}).length > 0;
    return observedOn(pod.timeline, pod.pod, { kubernetesVersion, endMs, hasService });
  } finally {
    await pod.remove();
    await Promise.all(deletions);
  }
}

/**
 * Waits until this time after the creation of the pod. The clock of a pod may stop while nothing happens to it, so this
 * uses real time.
 */
async function reach({ broken }: LivePod, createdAt: number, atMs: number): Promise<void> {
  if (!broken) await setTimeout(Math.max(createdAt + atMs - performance.now(), 0));
}
