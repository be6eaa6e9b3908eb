import type { Unobserved } from '../../assertions/events/attempts';
import { attemptsText } from '../attempts';
import { formatRoughly } from '../durations';
import { formatFrom, type MessageOf } from '../message';
import { type CutMessage, formatCut } from './cuts';
import type { ContainerFact, DurationFact } from './facts';
import { formatObstacle, type ObstacleMessage } from './obstacles';

type TargetFact = Readonly<Record<'target', string>>;

/** Reactions to a fault, and reasons for a missing reaction. */
export const REACTIONS = {
  obstructed: ({ obstacle }: { readonly obstacle: ObstacleMessage }) => formatObstacle(obstacle),
  /** The text of an error. */
  refusedByEngine: ({ error }: { readonly error: string }) => error,
  cut: ({ cut }: { readonly cut: CutMessage }) => formatCut(cut),
  notInjected: 'the fault was not injected',
  unobserved: ({ unobserved }: { readonly unobserved: Unobserved }) => attemptsText(unobserved),
  needlessRestart: ({ container }: ContainerFact) => `${container} restarts, which does not help`,
  undisturbed: ({ hasLeft }: { readonly hasLeft: boolean }) =>
    hasLeft ? 'the pod leaves the endpoints, and no container restarts' : 'no container restarts',
  notRestarted: ({ target, hasLeft }: TargetFact & { readonly hasLeft: boolean }) =>
    hasLeft
      ? `the pod leaves the endpoints, but ${target} never restarts`
      : `${target} does not restart, and no probe detects the fault`,
  notReadyAgain: ({ target }: TargetFact) => `${target} restarts, but the pod does not become Ready again`,
  notByLiveness: ({ target }: TargetFact) => `${target} restarts, but not because of its liveness probe`,
  recovered: ({ tookMs }: DurationFact) =>
    `the container restarts after ${formatRoughly(tookMs)}, and the pod becomes Ready again`,
} as const;

export type ReactionMessage = MessageOf<typeof REACTIONS>;

/** Returns the reaction to a fault. */
export function formatReaction(reaction: ReactionMessage): string {
  return formatFrom(REACTIONS, reaction);
}
