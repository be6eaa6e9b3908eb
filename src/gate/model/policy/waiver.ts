import { FINDING_CODES, type FindingCode } from '../../../lint/rules';
import { CHECK_IDS, type CheckId } from '../checks';
import type { TargetResult } from '../targetResult';

/** Decision to accept the findings of a check or a lint rule. */
export interface Waiver {
  readonly name: CheckId | FindingCode;
  /** Reason that reports show beside the finding. */
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
