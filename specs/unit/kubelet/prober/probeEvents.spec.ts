import { describe, expect, test } from '@jest/globals';
import { behaviorOf, createPod } from '../../../../src/kubelet';
import { newEffects } from '../../../../src/kubelet/effects/effects';
import { probeEvent } from '../../../../src/kubelet/prober/probeEvents';
import type { ProbeWorker } from '../../../../src/kubelet/state/probeWorker';
import type { ProbeOutcome } from '../../../../src/kubelet/state/protocol';
import { s } from '../../../fidelity/kubelet/scenarios';
import { named, podOf } from '../pods';

const pod = podOf({ containers: [named('app')] });
const worker = { container: pod.spec.containers[0], type: 'liveness' } as ProbeWorker;

function eventsOf(outcome: ProbeOutcome, behavior = behaviorOf('1.36')) {
  const out = newEffects(createPod(pod).state, s(3));
  probeEvent(worker, outcome, behavior, out);
  return out.events;
}

/** Source: prober/prober.go `probe`. */
describe('probeEvent', () => {
  test('records each failure as Unhealthy', () => {
    expect(eventsOf({ result: 'Failure', output: 'no' })).toMatchObject([
      { kind: 'Unhealthy', type: 'Warning', container: 'app', message: 'Liveness probe failed: no' },
    ]);
  });

  test('records a warning with its own kind', () => {
    expect(eventsOf({ result: 'Warning', output: 'redirected' })).toMatchObject([
      { kind: 'ProbeWarning', message: 'Liveness probe warning: redirected' },
    ]);
  });

  test('records the state of an attempt without a result if the version does', () => {
    const errored: ProbeOutcome = { result: 'Errored', state: 'unknown', output: 'no exec' };
    const messages = [true, false].map((erroredProbeNamesState) => {
      const [event] = eventsOf(errored, { ...behaviorOf('1.36'), erroredProbeNamesState });
      return event && 'message' in event ? event.message : undefined;
    });
    expect(messages).toEqual([
      'Liveness probe errored and resulted in unknown state: no exec',
      'Liveness probe errored: no exec',
    ]);
  });

  test('records no event for a success', () => {
    expect(eventsOf({ result: 'Success', output: 'ok' })).toEqual([]);
  });
});
