import { OBSERVATIONS } from '../../../wording/observations';
import type { Symptom } from '../../model/observation';
import { observedProbesOf } from './probes';

/** Once may be a container that has just exited. */
const LEAST_ATTEMPTS = 2;

/** A probe of which no attempt has a result: its program is missing, or its port has no number. */
export const probesWithoutResult: Symptom = {
  severity: 'error',
  finds: 'a probe has no result, so the kubelet ignores it',
  advice: 'Correct the command or the port of the probe',
  find: (seen) =>
    observedProbesOf(seen).flatMap(({ container, probe, field, attempts }) => {
      const last = attempts.at(-1);
      const hasResult = attempts.some(({ result }) => result !== 'Errored');
      if (!last || hasResult || attempts.length < LEAST_ATTEMPTS) return [];
      const sentence = OBSERVATIONS.probeWithoutResult({ container, probe, output: last.output });
      return [{ container, field, event: last, sentence }];
    }),
};
