import type { ProbeType } from '../../timeline/event';
import type { Behavior } from '../behavior/behavior';
import { type Effects, recordEvent } from '../effects/effects';
import type { ProbeWorker } from '../state/probeWorker';
import type { ProbeOutcome } from '../state/protocol';

const TITLE: Readonly<Record<ProbeType, string>> = { liveness: 'Liveness', readiness: 'Readiness', startup: 'Startup' };

/**
 * Returns the event of one probe run: every failing or errored run has one, regardless of the thresholds.
 *
 * Source: prober/prober.go `probe`.
 */
export function probeEvent(
  { container, type: probe }: ProbeWorker,
  outcome: ProbeOutcome,
  { erroredProbeNamesState }: Behavior,
  out: Effects,
): void {
  const title = TITLE[probe];
  switch (outcome.result) {
    case 'Warning':
      return recordEvent(out, 'ProbeWarning', `${title} probe warning: ${outcome.output}`, { container, probe });
    case 'Failure':
      return recordEvent(out, 'Unhealthy', `${title} probe failed: ${outcome.output}`, { container, probe });
    case 'Errored': {
      const text = erroredProbeNamesState ? `errored and resulted in ${outcome.state} state` : 'errored';
      return recordEvent(out, 'Unhealthy', `${title} probe ${text}: ${outcome.output}`, { container, probe });
    }
    default:
      return;
  }
}
