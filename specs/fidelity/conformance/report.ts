import type { Case, Malformed } from './caseFiles';
import type { Verdict } from './verdict';

export interface Judged {
  readonly case: Case | Malformed;
  readonly verdict: Verdict;
}

/** Returns the result of a file as one line. */
export function fileLine(name: string, judged: readonly Judged[]): string {
  return `${name}: ${counts(judged.map(({ verdict }) => verdict))}`;
}

/** Returns the failed cases of a file in full, and why others were skipped. */
export function reportOf(judged: readonly Judged[]): readonly string[] {
  return judged.flatMap(({ case: { id, ...read }, verdict }) => {
    if (verdict.kind === 'passed') return [];
    if (verdict.kind === 'skipped') return [`  skipped ${id}: ${verdict.reason}`];
    return [
      `  FAILED ${id}`,
      `    given:    ${textOf('when' in read ? { ...read.given, ...read.when } : read.given)}`,
      `    expected: ${textOf(verdict.expected)}`,
      `    received: ${textOf(verdict.received)}`,
    ];
  });
}

export function totalLine(verdicts: readonly Verdict[]): string {
  return `conformance: ${counts(verdicts)}`;
}

function counts(verdicts: readonly Verdict[]): string {
  const count = (kind: Verdict['kind']) => verdicts.filter((verdict) => verdict.kind === kind).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, (_, each) => each ?? null) ?? 'nothing');
}
