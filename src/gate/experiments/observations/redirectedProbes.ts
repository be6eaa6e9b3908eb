import { OBSERVATIONS } from '../../../wording/observations';
import type { Symptom } from '../../model/observation';
import { observedProbesOf } from './probes';

/** A probe whose last attempt was redirected to another host: any login page makes it succeed. */
export const redirectedProbes: Symptom = {
  severity: 'warning',
  cause: 'redirected-probe',
  advice: 'Let the probe request a path that the container serves itself, without a login',
  find: (seen) =>
    observedProbesOf(seen).flatMap(({ container, probe, field, attempts }) => {
      const last = attempts.at(-1);
      const location = last?.redirectedTo;
      if (location === undefined) return [];
      return [
        { container, field, event: last, sentence: OBSERVATIONS.redirectedProbe({ container, probe, location }) },
      ];
    }),
};
