import { expect, test } from '@jest/globals';
import { createPod, type Observation, step } from '../../../../src/kubelet';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import { s } from '../../../fidelity/kubelet/scenarios';

/** The signal a container is stopped with when its pod is deleted. */
function signalOf(stopSignal: string | undefined): string | undefined {
  const pod = applyDefaults({ metadata: { name: 'web' }, spec: { containers: [{ name: 'app', image: 'web:1' }] } });
  let { state } = createPod(pod);
  const news: readonly Observation[] = [
    { kind: 'Woken' },
    { kind: 'SandboxStarted', id: 's', podIP: '10.0.0.1' },
    { kind: 'ImageInspected', container: 'app', present: true },
    { kind: 'ContainerCreated', container: 'app', id: 'c', ...(stopSignal !== undefined && { stopSignal }) },
    { kind: 'ContainerStarted', id: 'c' },
    { kind: 'Woken' },
    { kind: 'DeleteRequested' },
    { kind: 'Woken' },
  ];
  const events = news.flatMap((seen, index) => {
    const taken = step(state, seen, s(index));
    state = taken.state;
    return taken.events;
  });
  return events.find((event) => event.kind === 'SignalSent')?.signal;
}

test('names the stop signal that the runtime says the container has', () => {
  expect(signalOf('SIGQUIT')).toBe('SIGQUIT');
});

test('takes the stop signal for SIGTERM where nobody says otherwise', () => {
  expect(signalOf(undefined)).toBe('SIGTERM');
});
