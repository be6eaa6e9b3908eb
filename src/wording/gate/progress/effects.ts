import { formatFrom, type MessageOf } from '../../message';
import type { ContainerFact } from '../facts';

/** Effects of a fault on a container. */
export const FAULT_EFFECTS = {
  hung: ({ container }: ContainerFact) => `${container} hung`,
  crashed: ({ container }: ContainerFact) => `${container} crashed`,
} as const;

export type FaultEffect = MessageOf<typeof FAULT_EFFECTS>;

/** Returns the effect of a fault, as a clause. */
export function formatFaultEffect(effect: FaultEffect): string {
  return formatFrom(FAULT_EFFECTS, effect);
}
