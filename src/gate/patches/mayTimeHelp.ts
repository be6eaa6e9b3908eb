import { adviceOn } from '../../report/incident/note';
import { REMEDIES } from '../../timeline/remedy';
import type { Evidence } from '../model/targetResult';

/** False if the evidence shows a cause that more time for a start or a response does not change. */
export function mayTimeHelp(evidence: Evidence): boolean {
  const { cause } = adviceOn(evidence);
  return cause === undefined || REMEDIES[cause] === 'time';
}
