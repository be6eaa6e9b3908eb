import { registry } from '../../../../src/pod/shared/registry';
import { POD_RUN, type PodHandle } from '../../../../src/waiting/podRun';

/** A pod whose time never gets on. */
export function stuck(pod: PodHandle): PodHandle {
  const run = pod[POD_RUN];
  const { timeline } = run;
  return { [POD_RUN]: { ...run, timeline, progress: () => new Promise<void>(() => {}) } };
}

/** Begins to wait in a test that has no time left but what every wait leaves over, and awaits what comes of it. */
export async function withoutTime<T>(begin: () => readonly Promise<T>[]): Promise<readonly T[]> {
  const { deadlines } = registry();
  const known = [...deadlines];
  for (const [test] of known) deadlines.set(test, Date.now() + 251);
  const begun = begin();
  for (const [test, at] of known) deadlines.set(test, at);
  return Promise.all(begun);
}
