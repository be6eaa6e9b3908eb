import { registry } from '../../../../src/pod/shared/registry';
import { POD_RUN, type PodHandle } from '../../../../src/waiting/podRun';

/** Returns a pod whose time does not advance. */
export function stuck(pod: PodHandle): PodHandle {
  const run = pod[POD_RUN];
  const { timeline } = run;
  return { [POD_RUN]: { ...run, timeline, progress: () => new Promise<void>(() => {}) } };
}

/** Starts waits in a test that has only the reserved time left, and returns their results. */
export async function withoutTime<T>(begin: () => readonly Promise<T>[]): Promise<readonly T[]> {
  const { deadlines } = registry();
  const known = [...deadlines];
  for (const [test] of known) deadlines.set(test, Date.now() + 251);
  const begun = begin();
  for (const [test, at] of known) deadlines.set(test, at);
  return Promise.all(begun);
}
