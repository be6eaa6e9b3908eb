import type { GapMessage } from '../../wording/gate/gaps';
import type { CheckId } from './checks';

/** Gap that a check has, because the manifest or the user does not provide something. */
export interface NotChecked {
  readonly check: CheckId;
  readonly gap: GapMessage;
}
