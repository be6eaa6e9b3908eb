import type { Symptom } from '../../model/observation';
import { observedProbesOf } from './probes';

/** A single attempt may belong to a container that has just exited. */
const LEAST_ATTEMPTS = 2;

/** A probe without a result in any attempt, because its program is missing or its port has no number. */
export const probesWithoutResult: Symptom = {
  severity: 'error',
  kind: 'probeWithoutResult',
  find: (seen) =>
    observedProbesOf(seen).flatMap(({ container, probe, field, attempts }) => {
      const last = attempts.at(-1);
      const hasResult = attempts.some(({ result }) => result !== 'Errored');
      if (!last || hasResult || attempts.length < LEAST_ATTEMPTS) return [];
      const message = { kind: 'probeWithoutResult', container, probe, output: last.output } as const;
      return [{ container, field, event: last, message }];
    }),
};
