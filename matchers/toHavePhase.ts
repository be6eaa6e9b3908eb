import { hasPhase } from '../src/judgements/hasPhase';
import { now } from './kernel/now';

/** Holds if the pod's phase is that one now. */
export const toHavePhase = now({
  name: 'toHavePhase',
  expected: (phase) => `phase ${phase}`,
  unexpected: (phase) => `another phase than ${phase}`,
  judge: hasPhase,
});
