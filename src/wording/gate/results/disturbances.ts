import type { KilledProcess, ProbeType } from '../../../timeline/event';
import { formatOOMKill } from '../../memory';
import type { ContainerFact, WhyFact } from '../facts';
import { formatFrom, type MessageOf } from '../message';

interface OOMKillFact extends ContainerFact {
  readonly process: KilledProcess | undefined;
  readonly limit: string | undefined;
}

/** Reasons why a pod that nothing is done to is not Ready. */
export const DISTURBANCES = {
  oomKilled: ({ container, ...kill }: OOMKillFact) => formatOOMKill(container, kill),
  killedByProbe: ({
    container,
    probe,
    output,
  }: ContainerFact & { readonly probe: ProbeType; readonly output?: string }) =>
    `${container} would be killed by its own ${probe} probe${output === undefined ? '' : `: ${output}`}`,
  exited: ({ container, exitCode }: ContainerFact & { readonly exitCode: number }) =>
    `${container} ends by itself, with exit code ${exitCode}`,
  reported: ({ why }: WhyFact) => why,
} as const;

export type Disturbance = MessageOf<typeof DISTURBANCES>;

/** Returns why a pod is not Ready. */
export function formatDisturbance(disturbance: Disturbance): string {
  return formatFrom(DISTURBANCES, disturbance);
}
