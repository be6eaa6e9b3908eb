import type { ProbeOutput } from '../../../assertions/facts/reason';
import type { KilledProcess, ProbeType } from '../../../timeline/event';
import { formatReasonOrReceived } from '../../facts/reason';
import { formatOOMKill } from '../../memory';
import { formatFrom, type MessageOf } from '../../message';
import { formatProbeOutput } from '../../probeOutput';
import type { ContainerFact, ResultFact } from '../facts';

interface OOMKillFact extends ContainerFact {
  readonly process: KilledProcess | undefined;
  readonly limit: string | undefined;
}

interface ProbeKillFact extends ContainerFact {
  readonly probe: ProbeType;
  readonly attempt?: ProbeOutput;
}

/** Reasons why an undisturbed pod is not Ready. */
export const DISTURBANCES = {
  oomKilled: ({ container, ...kill }: OOMKillFact) => formatOOMKill(container, kill),
  killedByProbe: ({ container, probe, attempt }: ProbeKillFact) =>
    `the ${probe} probe of ${container} fails and restarts it${attempt ? `: ${formatProbeOutput(attempt)}` : ''}`,
  exited: ({ container, exitCode }: ContainerFact & { readonly exitCode: number }) =>
    `${container} exits with code ${exitCode}`,
  reported: ({ result }: ResultFact) => formatReasonOrReceived(result),
} as const;

export type Disturbance = MessageOf<typeof DISTURBANCES>;

/** Returns why a pod is not Ready. */
export function formatDisturbance(disturbance: Disturbance): string {
  return formatFrom(DISTURBANCES, disturbance);
}
