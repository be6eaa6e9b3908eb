import type { HookType } from '../../../timeline/event';
import { formatFrom, type MessageOf } from '../../message';
import type { ContainerFact } from '../facts';

/** Targets of a check, as the title of a printed test names them. */
export const CHECK_TARGETS = {
  container: ({ container }: ContainerFact) => container,
  hook: ({ hook, container }: { readonly hook: HookType; readonly container: string }) => `${hook} of ${container}`,
  /** The name of a container or a dependency. */
  outage: ({ hanging }: { readonly hanging: string }) => `while ${hanging} hangs`,
} as const;

export type CheckTarget = MessageOf<typeof CHECK_TARGETS>;

/** Returns the target of a check. */
export function formatCheckTarget(target: CheckTarget): string {
  return formatFrom(CHECK_TARGETS, target);
}
