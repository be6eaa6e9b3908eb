import type { CheckId } from '../../gate/model/checks';
import type { WhyFact } from './facts';
import { formatFrom, type MessageOf } from './message';

/** Reasons why an experiment ends before its last step, or does not count. */
export const CUTS = {
  outOfTime: 'there was no time left; give it more with --within',
  baseless: ({ failed }: { readonly failed: CheckId }) =>
    `${failed} failed, and until that is mended nothing can be said of it`,
  failedBefore: ({ failed }: { readonly failed: CheckId }) => `${failed} failed before`,
  notReady: ({ why }: WhyFact) => `its pod did not become Ready: ${why}`,
  notRunning: 'the pod did not become Ready',
  aborted: ({ error }: { readonly error: string }) => `the run broke: ${error}`,
  noResult: ({ error }: { readonly error: string }) => `no result: ${error}`,
  ended: 'it was ended before',
  complete: 'all that was asked for is known',
} as const;

export type CutMessage = MessageOf<typeof CUTS>;

/** Returns why an experiment ended. */
export function formatCut(cut: CutMessage): string {
  return formatFrom(CUTS, cut);
}
