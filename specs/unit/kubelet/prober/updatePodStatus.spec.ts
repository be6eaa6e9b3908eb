import { describe, expect, test } from '@jest/globals';
import { CREATED } from '../../../../src/clock/instant';
import { behaviorOf } from '../../../../src/kubelet';
import { type ReadinessView, updateStatus } from '../../../../src/kubelet/prober/updatePodStatus';
import type { Container } from '../../../../src/manifest/model';
import type { ProbeType } from '../../../../src/timeline/event';
import { s } from '../../../fidelity/kubelet/scenarios';
import { named, podOf, RUNNING, sidecar, statusOf, terminated, WAITING } from '../pods';

const probe = { exec: { command: ['check'] } };
const { spec } = podOf({
  initContainers: [named('setup'), sidecar('proxy')],
  containers: [named('app', { readinessProbe: probe, startupProbe: probe })],
});
const [setup, proxy] = spec.initContainers as readonly [Container, Container];
const app = spec.containers[0] as Container;

/** Returns a view of containers that have workers of these types. */
function viewWith(types: readonly ProbeType[], more: Partial<ReadinessView> = {}): ReadinessView {
  return {
    results: {},
    hasWorker: (_, type) => types.includes(type),
    behavior: behaviorOf('1.36'),
    kubeletStartedAt: CREATED,
    before: [],
    ...more,
  };
}

const ofApp = (view: ReadinessView, state = RUNNING) => updateStatus(app, false, statusOf('app', state), view);

/** Source: prober/prober_manager.go `UpdatePodStatus`, `isContainerStarted`. */
describe('updateStatus', () => {
  test('sets ready without a readiness probe once the container has started', () => {
    expect(ofApp(viewWith([])).status).toMatchObject({ started: true, ready: true });
    expect(ofApp(viewWith([]), WAITING).status).toMatchObject({ started: false, ready: false });
  });

  test('sets started only after the startup probe succeeds, and triggers readiness then', () => {
    const types: readonly ProbeType[] = ['startup', 'readiness'];
    expect(ofApp(viewWith(types))).toMatchObject({ status: { started: false, ready: false }, poke: false });
    const results = { app: { startup: 'Success' } } as const;
    expect(ofApp(viewWith(types, { results }))).toMatchObject({ status: { started: true, ready: false }, poke: true });
  });

  test('sets ready from the result of the readiness probe', () => {
    const readyAt = (readiness: 'Success' | 'Failure') =>
      ofApp(viewWith(['readiness'], { results: { app: { readiness } } })).status.ready;
    expect([readyAt('Success'), readyAt('Failure')]).toEqual([true, false]);
  });

  test('sets an init container ready after exit code 0, and a sidecar while it runs', () => {
    const afterExit = (code: number) => updateStatus(setup, true, statusOf('setup', terminated(code)), viewWith([]));
    expect([afterExit(0).status.ready, afterExit(1).status.ready]).toEqual([true, false]);
    expect(updateStatus(proxy, true, statusOf('proxy', RUNNING), viewWith([])).status.ready).toBe(true);
  });

  test('keeps the published status after a kubelet restart since 1.35', () => {
    const before = [statusOf('app', RUNNING, { started: true, ready: true })];
    const readyWith = (version: string) => {
      const behavior = behaviorOf(version);
      return ofApp(viewWith(['startup', 'readiness'], { before, behavior, kubeletStartedAt: s(60) })).status.ready;
    };
    expect([readyWith('1.34'), readyWith('1.35')]).toEqual([false, true]);
  });
});
