import type { Symptom } from '../../model/observation';
import { observedProbesOf } from './probes';

/** A probe whose last attempt was redirected to another host, where any login page makes it succeed. */
export const redirectedProbes: Symptom = {
  severity: 'warning',
  kind: 'redirectedProbe',
  cause: 'redirected-probe',
  find: (seen) =>
    observedProbesOf(seen).flatMap(({ container, probe, field, attempts }) => {
      const last = attempts.at(-1);
      const location = last?.redirectedTo;
      if (location === undefined) return [];
      return [{ container, field, event: last, message: { kind: 'redirectedProbe', container, probe, location } }];
    }),
};
