import { describe, expect, test } from '@jest/globals';
import { createPod, type Observation, step } from '../../../../src/kubelet';
import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import type { AppScript } from '../../../../src/runtime/scripted/script';
import type { KillCause } from '../../../../src/timeline/causes';
import { s, simulate } from '../../../fidelity/kubelet/scenarios';

/** Returns the signal that stops a container when its pod is deleted. */
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

test('uses the stop signal that the runtime reports', () => {
  expect(signalOf('SIGQUIT')).toBe('SIGQUIT');
});

test('uses SIGTERM by default', () => {
  expect(signalOf(undefined)).toBe('SIGTERM');
});

type Spec = Parameters<typeof simulate>[0];
type Simulated = ReturnType<typeof simulate>;

const DOWN: AppScript = { app: [{ at: '0s', http: { 8080: { '/': 503 } } }] };
const probe = { httpGet: { port: 8080 }, periodSeconds: 1, failureThreshold: 1 };

/** Returns the causes of the kills in the first 20s of a pod. `then` runs at 10s. */
function causesOf(spec: Spec, app: AppScript = {}, then: (pod: Simulated) => void = () => {}) {
  const pod = simulate(spec, app);
  pod.advance(s(10));
  then(pod);
  pod.advance(s(20));
  const kills = pod.timeline.of('Killing').map(({ cause }): KillCause | 'none' => cause ?? 'none');
  return [...new Set(kills)];
}

describe('cause of Killing', () => {
  test.each([
    ['liveness', { livenessProbe: probe }],
    ['startup', { startupProbe: probe }],
    ['postStart', { lifecycle: { postStart: { httpGet: { port: 8080, path: '/' } } } }],
  ] as const)('contains %s if that fails', (cause, handlers) => {
    const app = cause === 'postStart' ? {} : DOWN;
    expect(causesOf({ containers: [{ name: 'app', ...handlers }] }, app)).toEqual([cause]);
  });

  test('contains liveness or startup for a sidecar too', () => {
    const sidecar = { name: 'app', restartPolicy: 'Always' } as const;
    const causesOfSidecar = (handlers: object) =>
      causesOf({ initContainers: [{ ...sidecar, ...handlers }], containers: [{ name: 'main' }] }, DOWN);
    expect(causesOfSidecar({ startupProbe: probe })).toEqual(['startup']);
    expect(causesOfSidecar({ livenessProbe: probe })).toEqual(['liveness']);
  });

  test('contains definition if the image of the container changes', () => {
    const patch = (pod: Simulated) => {
      const { spec } = pod.state.pod;
      const containers = spec.containers.map((container) => ({ ...container, image: 'web:2' }));
      pod.observe({ kind: 'SpecPatched', spec: { ...spec, containers } });
    };
    expect(causesOf({ containers: [{ name: 'app', image: 'web:1' }] }, {}, patch)).toEqual(['definition']);
  });

  test('contains restartRule if a rule restarts all containers', () => {
    const rule = { action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [42] } } as const;
    const containers = [
      { name: 'app', restartPolicy: 'Never', restartPolicyRules: [rule] },
      { name: 'other' },
    ] as const;
    expect(causesOf({ containers }, { app: [{ at: '5s', run: 1, exit: 42 }] })).toEqual(['restartRule']);
  });

  test('contains no cause if the whole pod stops', () => {
    const remove = (pod: Simulated) => pod.observe({ kind: 'DeleteRequested' });
    expect(causesOf({ containers: [{ name: 'app' }] }, {}, remove)).toEqual(['none']);
  });
});
