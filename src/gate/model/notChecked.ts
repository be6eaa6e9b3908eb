import type { GapMessage } from '../../wording/gate/gaps';
import type { CheckId } from './checks';

/** Something that a check would also cover if it were given more. */
export interface NotChecked {
  readonly check: CheckId;
  readonly gap: GapMessage;
}
