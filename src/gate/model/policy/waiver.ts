import { FINDING_CODES, type FindingCode } from '../../../lint/rules';
import { CHECK_IDS, type CheckId } from '../checks';
import type { TargetResult } from '../targetResult';

/** A decision to live with what a check or a rule of lint finds. */
export interface Waiver {
  readonly name: CheckId | FindingCode;
  /** Reports show it beside what is waived. */
  readonly reason: string;
}

/** The checks and findings that can be waived. An invalid manifest cannot. */
export const WAIVABLE: readonly (CheckId | FindingCode)[] = [
  ...CHECK_IDS.filter((id) => id !== 'valid' && id !== 'lint'),
  ...FINDING_CODES,
];

/** Returns the waiver of a result, if there is one. */
export function waiverOf({ check, found }: TargetResult, waivers: readonly Waiver[]): Waiver | undefined {
  return waivers.find(({ name }) => name === (found?.code ?? check));
}
