/** What came of a case; the parts of a failure are told as they stand. */
export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'failed'; readonly expected: unknown; readonly received: unknown };

export const PASSED: Verdict = { kind: 'passed' };

export function failed(expected: unknown, received: unknown): Verdict {
  return { kind: 'failed', expected, received };
}
