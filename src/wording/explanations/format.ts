import { formatFrom, type MessageOf } from '../message';
import { EXITS } from './exits';
import type { Explanation } from './explanation';
import { HOOKS } from './hooks';
import { LISTENERS } from './listeners';
import { LIVENESS } from './liveness';
import { NAMES } from './names';
import { PROBES } from './probes';
import { RESTARTS } from './restarts';
import { TRAFFIC } from './traffic';

const EXPLANATIONS = { ...TRAFFIC, ...HOOKS, ...EXITS, ...PROBES, ...LISTENERS, ...LIVENESS, ...NAMES, ...RESTARTS };

/** Explanation of a failure, as data. Its kind is the stable id of the message. */
export type ExplanationMessage = MessageOf<typeof EXPLANATIONS>;

export type ExplanationId = ExplanationMessage['kind'];

/** Returns the cause of a failure and its fix. */
export function formatExplanation(message: ExplanationMessage): Explanation {
  return formatFrom(EXPLANATIONS, message);
}
