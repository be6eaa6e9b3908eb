import type { CheckId } from '../../gate/model/checks';
import type { Phase } from '../../timing/phase';
import { formatReasonOrReceived } from '../facts/reason';
import { formatFrom, type MessageOf } from '../message';
import { formatPhase } from '../phase';
import type { ContainerFact, ResultFact } from './facts';

/** Reasons why a run was aborted. */
export const ABORTS = {
  /** The message is an error's. */
  error: ({ message }: { readonly message: string }) => message,
  imageUnavailable: ({ container, message }: ContainerFact & { readonly message: string }) =>
    `failed to pull the image of ${container}: ${message}. Pass --image ${container}=REF with an image on this machine, or check the registry.`,
  usedTime: ({ phase }: { readonly phase: Phase }) => formatPhase(phase),
} as const;

export type Abort = MessageOf<typeof ABORTS>;

/** Returns why a run was aborted. */
export function formatAbort(abort: Abort): string {
  return formatFrom(ABORTS, abort);
}

/** Reasons why an experiment ends before its last step, or is ignored. */
export const CUTS = {
  outOfTime: 'the --within limit was reached before this check ran. Raise --within.',
  prerequisiteFailed: ({ failed }: { readonly failed: CheckId }) => `${failed} failed. Fix it first.`,
  failedBefore: ({ failed }: { readonly failed: CheckId }) => `${failed} failed`,
  notReady: ({ result }: ResultFact) => `the pod did not become Ready: ${formatReasonOrReceived(result)}`,
  notRunning: 'the pod did not become Ready',
  aborted: ({ abort }: { readonly abort: Abort }) => `the run was aborted: ${formatAbort(abort)}`,
  noResult: ({ error }: { readonly error: string }) => `no result: ${error}`,
  ended: 'the experiment was stopped early',
  complete: 'all requested results are known',
} as const;

export type CutMessage = MessageOf<typeof CUTS>;

/** Returns why an experiment ended. */
export function formatCut(cut: CutMessage): string {
  return formatFrom(CUTS, cut);
}
