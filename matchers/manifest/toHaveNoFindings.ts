import pluralize from 'pluralize';
import { FINDING_CODES, type FindingCode } from '../../src/lint/rules';
import { formatList } from '../../src/wording/list';
import { manifestMatcher } from '../kernel/call/manifestMatcher';
import { Misuse } from '../kernel/call/misuse';

export interface ToHaveNoFindingsOptions {
  /** Codes of what is meant to be so; docs/lint.md explains each. */
  readonly except?: readonly FindingCode[];
}

/** Holds if there is nothing in the manifest that is valid and still wrong. */
export const toHaveNoFindings = manifestMatcher({
  name: 'toHaveNoFindings',
  expected: (options?: ToHaveNoFindingsOptions) => `no findings${exceptWords(options)}`,
  unexpected: (options?: ToHaveNoFindingsOptions) => `findings${exceptWords(options)}`,
  evaluate: ({ source, workloads, problems, findings }, options?: ToHaveNoFindingsOptions) => {
    const except = checked(options);
    if (problems.length > 0) return undefined;
    const left = findings.filter(({ code }) => !except.includes(code));
    if (left.length === 0) return { holds: true, received: `none in ${formatList(workloads)}` };
    return { holds: false, received: `${source} with ${pluralize('finding', left.length, true)}`, findings: left };
  },
});

function exceptWords({ except = [] }: ToHaveNoFindingsOptions = {}): string {
  return except.length === 0 ? '' : ` except ${formatList(except)}`;
}

/** A code that does not exist excepts nothing, whatever its author thinks. */
function checked({ except = [] }: ToHaveNoFindingsOptions = {}): readonly FindingCode[] {
  const unknown = except.find((code) => !FINDING_CODES.includes(code));
  if (unknown === undefined) return except;
  throw new Misuse(`no finding has the code ${JSON.stringify(unknown)}; there are ${FINDING_CODES.join(', ')}`);
}
