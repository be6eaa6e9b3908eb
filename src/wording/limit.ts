import type { Repeated, Term, Terms } from '../timing/terms';
import type { WaitLimit } from '../timing/waits';
import { formatDuration } from './durations';

/** Returns `31s (the manifest's own limit: startupProbe 1s + 2 × 10s + 10s)`. */
export function formatLimit(limit: WaitLimit): string {
  return `${formatDuration(limit.ms)} (${formatReason(limit)})`;
}

function formatReason({ terms, limited }: WaitLimit): string {
  if (limited) return `the manifest's own limit: ${formatTerms(terms)}`;
  return `default${terms.every(isDefault) ? '' : ` from ${formatTerms(terms)}`}: the manifest sets no limit`;
}

function isDefault(each: Term | Repeated): boolean {
  return each.name === 'repeated' ? each.terms.every(isDefault) : each.name === 'default';
}

/**
 * Returns the sum that was computed, with a name before the first of its summands: `startupProbe 1s + 2 × 10s + 10s`.
 */
export function formatTerms(terms: Terms): string {
  return terms
    .map((each, index) => `${terms[index - 1]?.name === each.name ? '' : nameOf(each)}${formatTerm(each)}`)
    .join(' + ');
}

/** Returns the same without the names. */
export function formatSummands(terms: Terms): string {
  return terms.map(formatTerm).join(' + ');
}

function nameOf({ name }: Term | Repeated): string {
  return name === 'repeated' ? '' : `${name} `;
}

function formatTerm(each: Term | Repeated): string {
  if (each.name === 'repeated') return `${each.times} × (${formatTerms(each.terms)})`;
  return `${each.times === 1 ? '' : `${each.times} × `}${formatDuration(each.ms)}`;
}
