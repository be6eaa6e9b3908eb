import type { Symptom } from '../../model/observation';
import { looksByContainer } from './looks';

/** A constant number of zombies is harmless. A growing number fills the process table. */
const LEAST_MORE = 2;

/** A growing number of exited processes that PID 1 does not reap. */
export const zombies: Symptom = {
  severity: 'warning',
  kind: 'zombies',
  cause: 'zombies',
  find: (seen) =>
    looksByContainer(seen).flatMap(({ container, first, last }) => {
      const before = first.processes.filter(({ isZombie }) => isZombie);
      const after = last.processes.filter(({ isZombie }) => isZombie);
      const hasStayed = before.some(({ pid }) => after.some((one) => one.pid === pid));
      const newest = after.at(-1);
      if (!newest || !hasStayed || after.length - before.length < LEAST_MORE) return [];
      const message = {
        kind: 'zombies',
        container,
        before: before.length,
        after: after.length,
        afterMs: last.at - first.at,
        program: newest.args,
      } as const;
      return [{ container, message }];
    }),
};
