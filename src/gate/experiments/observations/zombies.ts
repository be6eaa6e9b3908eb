import type { Symptom } from '../../model/observation';
import { looksByContainer } from './looks';

/** One that stays is harmless. Only those that become more fill the process table. */
const LEAST_MORE = 2;

/** Processes that exited stay, and become more: PID 1 does not wait for them. */
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
