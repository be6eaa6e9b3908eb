import type { Incident } from '../incident';
import { afterTheEnd } from './ends';
import { ofHooks } from './hooks';
import { ofProbes } from './probes';
import { ofRestarts } from './restarts';
import type { ExplainRule, FoundExplanation } from './rule';
import { ofTraffic } from './traffic';

/** The rules in their order: special cases come before general ones. */
const RULES: readonly ExplainRule[] = [...ofTraffic, ...ofHooks, ...afterTheEnd, ...ofProbes, ...ofRestarts];

/** Returns what explains an incident, if it is one of the cases that readers misunderstand. */
export function findExplanation(incident: Incident): FoundExplanation | undefined {
  for (const rule of RULES) {
    const explanation = rule(incident);
    if (explanation) return explanation;
  }
  return undefined;
}
