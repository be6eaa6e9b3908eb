import type { Container } from '../../manifest/model';
import type { ProbeType } from '../../timeline/event';
import { recordEvent, type Turn } from '../effects/turn';
import type { ProbeOutcome } from '../state/protocol';

const TITLE: Readonly<Record<ProbeType, string>> = { liveness: 'Liveness', readiness: 'Readiness', startup: 'Startup' };

/**
 * The event of one probe run: every failing or errored run has one, whatever the thresholds say.
 *
 * Source: prober/prober.go `probe`.
 */
export function probeEvent(turn: Turn, container: Container, probe: ProbeType, outcome: ProbeOutcome): void {
  const title = TITLE[probe];
  switch (outcome.result) {
    case 'Warning':
      return recordEvent(turn, 'ProbeWarning', `${title} probe warning: ${outcome.output}`, { container, probe });
    case 'Failure':
      return recordEvent(turn, 'Unhealthy', `${title} probe failed: ${outcome.output}`, { container, probe });
    case 'Errored': {
      const { erroredProbeNamesState } = turn.state.behavior;
      const text = erroredProbeNamesState ? `errored and resulted in ${outcome.state} state` : 'errored';
      return recordEvent(turn, 'Unhealthy', `${title} probe ${text}: ${outcome.output}`, { container, probe });
    }
    default:
      return;
  }
}
