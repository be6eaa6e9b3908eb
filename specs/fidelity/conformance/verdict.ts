/** Result of a case, with the parts of a failure as text. */
export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'failed'; readonly expected: unknown; readonly received: unknown };

export const PASSED: Verdict = { kind: 'passed' };

export function failed(expected: unknown, received: unknown): Verdict {
  return { kind: 'failed', expected, received };
}
