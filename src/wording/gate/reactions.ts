import type { Unobserved } from '../../assertions/events/attempts';
import { attemptsText } from '../attempts';
import { formatRoughly } from '../durations';
import { type CutMessage, formatCut } from './cuts';
import type { ContainerFact, DurationFact } from './facts';
import { formatFrom, type MessageOf } from './message';
import { formatObstacle, type ObstacleMessage } from './obstacles';

type ToTarget = Readonly<Record<'target', string>>;

/** Reactions to a fault, or why there is none. */
export const REACTIONS = {
  obstructed: ({ obstacle }: { readonly obstacle: ObstacleMessage }) => formatObstacle(obstacle),
  refusedByEngine: ({ error }: { readonly error: string }) => error,
  cut: ({ cut }: { readonly cut: CutMessage }) => formatCut(cut),
  notInjected: 'the fault was not injected',
  unobserved: ({ unobserved }: { readonly unobserved: Unobserved }) => attemptsText(unobserved),
  restartedInVain: ({ container }: ContainerFact) => `${container} is restarted, which does not help`,
  undisturbed: ({ hasLeft }: { readonly hasLeft: boolean }) =>
    hasLeft ? 'out of the endpoints meanwhile, and nothing is restarted' : 'nothing is restarted',
  notRestarted: ({ target, hasLeft }: ToTarget & { readonly hasLeft: boolean }) =>
    `${target} is not restarted: ${hasLeft ? 'it is out of the endpoints, and for good' : 'nobody notices'}`,
  notReadyAgain: ({ target }: ToTarget) => `${target} is restarted, and the pod not Ready again`,
  notByLiveness: ({ target }: ToTarget) => `${target} is restarted, but not by its liveness probe`,
  recovered: ({ tookMs }: DurationFact) => `restarted after ${formatRoughly(tookMs)}, and Ready again`,
} as const;

export type ReactionMessage = MessageOf<typeof REACTIONS>;

/** Returns the reaction to a fault. */
export function formatReaction(reaction: ReactionMessage): string {
  return formatFrom(REACTIONS, reaction);
}
