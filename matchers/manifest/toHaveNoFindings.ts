import { FINDING_CODES, type FindingCode } from '../../src/lint/rules';
import { manifestMatcher } from '../kernel/call/manifestMatcher';
import { Misuse } from '../kernel/call/misuse';

export interface ToHaveNoFindingsOptions {
  /** Codes of findings that the manifest may have. docs/lint.md explains each code. */
  readonly except?: readonly FindingCode[];
}

/** Passes if the manifest has no lint findings except those listed. */
export const toHaveNoFindings = manifestMatcher({
  name: 'toHaveNoFindings',
  expected: ({ except = [] }: ToHaveNoFindingsOptions = {}) => ({ kind: 'haveNoFindings', except }),
  evaluate: ({ source, workloads, problems, findings }, options?: ToHaveNoFindingsOptions) => {
    const except = checkCodes(options);
    if (problems.length > 0) return undefined;
    const left = findings.filter(({ code }) => !except.includes(code));
    if (left.length === 0) return { passed: true, received: { kind: 'noFindings', workloads } };
    return { passed: false, received: { kind: 'findings', source, count: left.length }, findings: left };
  },
});

/** Returns the codes, and rejects unknown ones: a typo would silently disable the exception. */
function checkCodes({ except = [] }: ToHaveNoFindingsOptions = {}): readonly FindingCode[] {
  const unknown = except.find((code) => !FINDING_CODES.includes(code));
  if (unknown === undefined) return except;
  throw new Misuse(`unknown finding code ${JSON.stringify(unknown)}. Valid codes: ${FINDING_CODES.join(', ')}`);
}
