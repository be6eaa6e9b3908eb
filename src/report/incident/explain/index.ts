import type { Incident } from '../incident';
import { afterTheEnd } from './ends';
import { ofHooks } from './hooks';
import { ofProbes } from './probes';
import { ofRestarts } from './restarts';
import type { ExplainRule, Explanation } from './rule';
import { ofTraffic } from './traffic';

/** In the order in which they are asked: what is special goes before what is general. */
const RULES: readonly ExplainRule[] = [...ofTraffic, ...ofHooks, ...afterTheEnd, ...ofProbes, ...ofRestarts];

/** Why it came to an incident, if it is one of the cases that people take for something else. */
export function explanationOf(incident: Incident): Explanation | undefined {
  for (const rule of RULES) {
    const explanation = rule(incident);
    if (explanation) return explanation;
  }
  return undefined;
}

/** The same as a sentence, and where to read on. */
export function explainIncident(incident: Incident): string | undefined {
  const explanation = explanationOf(incident);
  if (!explanation) return undefined;
  const { text, faq } = explanation;
  return faq === undefined ? text : `${text} See jest-kubelet/docs/faq/${faq}`;
}
