import { simulatePod } from 'jest-kubelet';
import { findExplanation } from '../../../../../src/report/incident/explain/index';
import type { FoundExplanation } from '../../../../../src/report/incident/explain/rule';
import { Incident } from '../../../../../src/report/incident/incident';
import { inNumbers } from '../../../../../src/report/incident/inNumbers';
import type { EventKind } from '../../../../../src/timeline/event';
import type { Timeline } from '../../../../../src/timeline/timeline';
import { formatExplanation } from '../../../../../src/wording/explanations/format';
import { podOf } from '../../../matchers/replay';

type Simulated = Parameters<typeof simulatePod>[1];

const allow = ['unknown-port'] as const;

/** Returns the sentences about the last event of that kind in a run of five minutes, or about a timed-out wait. */
export function said(manifest: string, script: Simulated, kind?: EventKind): readonly (string | undefined)[] {
  const pod = simulatePod(manifest, script, { allow });
  pod.advance('5m');
  return about(pod.timeline, pod.pod, kind);
}

/** Returns the numbers and the explanation of the last event of that kind. */
export function about(timeline: Timeline, pod = podOf({}), kind?: EventKind): readonly (string | undefined)[] {
  const event = kind && timeline.of(kind).at(-1);
  const incident = new Incident(pod, timeline, event);
  return [...inNumbers(incident), explain(incident)];
}

/** Returns the cause, the fix and the page of an incident, or undefined if nothing explains it. */
export function explain(incident: Incident): string | undefined {
  const found = findExplanation(incident);
  if (!found) return undefined;
  const { text, faq } = inWords(found);
  return [text, faq && `${READ}/${faq}`].filter(Boolean).join(' ');
}

/** Returns an explanation with its words. */
export function inWords({ cause, message }: FoundExplanation) {
  const { cause: because, fix, faq } = formatExplanation(message);
  return { cause, id: message.kind, text: [because, fix].filter(Boolean).join(' '), faq };
}

export const READ = 'See jest-kubelet/docs/faq';
