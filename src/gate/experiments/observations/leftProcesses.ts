import type { ContainerProcess } from '../../../timeline/event';
import type { ObservedPod, Symptom } from '../../model/observation';
import { type LooksAt, looksByContainer } from './looks';
import { observedProbesOf } from './probes';

/** A single process may come from something that the app does once. */
const LEAST_LEFT = 2;
const LEAST_ATTEMPTS = 2;

/** Processes that exec probes leave behind, at least one with each attempt. */
export const leftProcesses: Symptom = {
  severity: 'warning',
  kind: 'leftProcesses',
  cause: 'processes-left-behind',
  find: (seen) =>
    looksByContainer(seen).flatMap((looks) => {
      const { container } = looks;
      const { attempts, field } = execAttempts(seen, looks);
      const left = orphansIn(looks);
      const groups = [...new Set(left.map(({ args }) => args))].map((args) => left.filter((one) => one.args === args));
      const most = groups.toSorted((one, other) => other.length - one.length)[0] ?? [];
      const [first] = most;
      if (!first || most.length < LEAST_LEFT || attempts < LEAST_ATTEMPTS) return [];
      const message = { kind: 'leftProcesses', container, count: most.length, program: first.args, attempts } as const;
      return [{ container, message, ...(field !== undefined && { field }) }];
    }),
  gap: (seen) => {
    const short = looksByContainer(seen).find((looks) => {
      const { attempts, field } = execAttempts(seen, looks);
      return field !== undefined && attempts < LEAST_ATTEMPTS;
    });
    return short && { kind: 'fewAttempts', container: short.container };
  },
};

/** Returns how many attempts of exec probes ended between the looks, and the field of the first such probe. */
function execAttempts(seen: ObservedPod, { container, first, last }: LooksAt) {
  const probes = observedProbesOf(seen).filter((one) => one.container === container && one.spec.exec);
  const attempts = probes.flatMap((one) => one.attempts).filter(({ at }) => at > first.at && at <= last.at);
  return { attempts: attempts.length, field: probes[0]?.field };
}

/**
 * Returns the new children of the main process that it did not start. A command that the engine runs begins its own
 * session, which the processes that it leaves behind keep.
 */
function orphansIn({ first, last }: LooksAt): readonly ContainerProcess[] {
  const [main] = last.processes;
  return last.processes.filter(({ pid, ppid, session, isZombie }) => {
    const isNew = !first.processes.some((one) => one.pid === pid);
    const hasLeader = last.processes.some((one) => one.pid === session);
    return isNew && !isZombie && ppid === main?.pid && session !== main.session && !hasLeader;
  });
}
