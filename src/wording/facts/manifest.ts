import pluralize from 'pluralize';
import { formatList } from '../list';
import { formatFrom, type Words } from '../message';

/** Content of a manifest that a matcher received. */
export type ReceivedManifest =
  | { readonly kind: 'valid'; readonly workloads: readonly string[] }
  | { readonly kind: 'problems'; readonly source: string; readonly count: number }
  | { readonly kind: 'noFindings'; readonly workloads: readonly string[] }
  | { readonly kind: 'findings'; readonly source: string; readonly count: number };

/** Returns what a matcher received: `2 findings in web.yaml`. */
export function formatReceivedManifest(received: ReceivedManifest): string {
  return formatFrom(WORDS, received);
}

const WORDS: Words<ReceivedManifest> = {
  valid: ({ workloads }) => `valid: ${formatList(workloads)}`,
  problems: ({ source, count }) => `${pluralize('problem', count, true)} in ${source}`,
  noFindings: ({ workloads }) => `no findings in ${formatList(workloads)}`,
  findings: ({ source, count }) => `${pluralize('finding', count, true)} in ${source}`,
};
