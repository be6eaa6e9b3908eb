import { describe, expect, test } from '@jest/globals';
import { behaviorOf } from '../../../../src/kubelet';
import { computeInitContainerActions } from '../../../../src/kubelet/kuberuntime/computeInitContainerActions';
import type { Results } from '../../../../src/kubelet/state/results';
import type { Instance } from '../../../../src/kubelet/state/runtimeState';
import type { SyncView } from '../../../../src/kubelet/state/syncView';
import { exited, instance, named, type podOf, sidecar, syncView } from '../pods';

type Spec = Parameters<typeof podOf>[0];

const probe = { exec: { command: ['check'] } };
const app = [named('app')];

/** Returns the started and killed containers, and the other decisions. */
function decide(spec: Spec, instances: readonly Instance[] = [], more: Partial<SyncView> = {}) {
  const { start, kill, ...rest } = computeInitContainerActions(syncView(spec, instances, more));
  return { start: start.map(({ name }) => name), kill: kill.map(({ id }) => id), ...rest };
}

describe('computeInitContainerActions for plain init containers', () => {
  const spec: Spec = { initContainers: [named('fetch'), named('migrate')], containers: app };

  test('returns no action and initialized without init containers', () => {
    expect(decide({ containers: app })).toEqual({ start: [], kill: [], killPod: false, initialized: true });
  });

  test('starts init containers one after another in the order of the spec', () => {
    expect(decide(spec)).toMatchObject({ start: ['fetch'], initialized: false });
    expect(decide(spec, [instance('fetch', 'running')])).toMatchObject({ start: [], initialized: false });
    expect(decide(spec, [exited('fetch', 0)])).toMatchObject({ start: ['migrate'], initialized: false });
    const done = [exited('migrate', 0), exited('fetch', 0)];
    expect(decide(spec, done)).toMatchObject({ start: [], initialized: true });
  });

  test('treats earlier init containers as done if a later container exists', () => {
    expect(decide(spec, [exited('migrate', 0)])).toMatchObject({ start: [], initialized: true });
    expect(decide(spec, [instance('app', 'running')])).toMatchObject({ start: [], initialized: true });
  });

  test.each<'Always' | 'OnFailure'>(['Always', 'OnFailure'])(
    'restarts only the failed init container under %s',
    (policy) => {
      const failed = [exited('migrate', 1), exited('fetch', 0)];
      expect(decide({ ...spec, restartPolicy: policy }, failed)).toMatchObject({ start: ['migrate'], killPod: false });
    },
  );

  test('kills the pod if an init container fails under Never', () => {
    const failed = [exited('fetch', 1)];
    expect(decide({ ...spec, restartPolicy: 'Never' }, failed)).toMatchObject({ start: [], killPod: true });
  });

  test('treats an OOM kill as a failure, even with exit code 0', () => {
    const killed = [exited('fetch', 0, { reason: 'OOMKilled' })];
    expect(decide(spec, killed)).toMatchObject({ start: ['fetch'], killPod: false });
    expect(decide({ ...spec, restartPolicy: 'Never' }, killed)).toMatchObject({ killPod: true });
  });

  test('uses the restartPolicy of the init container since 1.35', () => {
    const own: Spec = { initContainers: [named('fetch', { restartPolicy: 'Never' })], containers: app };
    const failed = [exited('fetch', 1)];
    expect(decide(own, failed)).toMatchObject({ killPod: true });
    expect(decide(own, failed, { behavior: behaviorOf('1.34') })).toMatchObject({ start: ['fetch'], killPod: false });
  });

  test('starts a created instance again, and kills an instance in unknown state first', () => {
    expect(decide(spec, [instance('fetch', 'created')])).toMatchObject({ start: ['fetch'], kill: [] });
    const { start, kill } = computeInitContainerActions(syncView(spec, [instance('fetch', 'unknown')]));
    expect(start.map(({ name }) => name)).toEqual(['fetch']);
    const message = 'Init container is in "unknown" state, try killing it before restart';
    expect(kill).toMatchObject([{ id: 'fetch', message, reason: 'unknown' }]);
  });
});

describe('computeInitContainerActions for sidecars', () => {
  const startupProbe = probe;
  const spec: Spec = { initContainers: [sidecar('proxy'), named('migrate')], containers: app };
  const probed: Spec = { initContainers: [sidecar('proxy', { startupProbe }), named('migrate')], containers: app };
  const started: Results = { proxy: { startup: 'Success' } };

  test('starts the next container once the sidecar runs', () => {
    expect(decide(spec, [instance('proxy', 'running')])).toMatchObject({ start: ['migrate'] });
  });

  test('starts a sidecar only after the init containers before it', () => {
    const late: Spec = { initContainers: [named('fetch'), sidecar('proxy'), sidecar('cache')], containers: app };
    expect(decide(late)).toMatchObject({ start: ['fetch'] });
    expect(decide(late, [exited('fetch', 0)])).toMatchObject({ start: ['proxy'] });
    const running = [instance('proxy', 'running'), exited('fetch', 0)];
    expect(decide(late, running)).toMatchObject({ start: ['cache'], initialized: false });
  });

  test('waits for the startup probe, but for no other probe', () => {
    const runs = [instance('proxy', 'running')];
    expect(decide(probed, runs)).toMatchObject({ start: [] });
    expect(decide(probed, runs, { results: { proxy: { startup: 'Unknown' } } })).toMatchObject({ start: [] });
    expect(decide(probed, runs, { results: started })).toMatchObject({ start: ['migrate'] });
    const unready = { initContainers: [sidecar('proxy', { readinessProbe: probe }), named('migrate')] };
    const results: Results = { proxy: { readiness: 'Failure' } };
    expect(decide({ ...unready, containers: app }, runs, { results })).toMatchObject({ start: ['migrate'] });
  });

  test.each<'Always' | 'OnFailure' | 'Never'>(['Always', 'OnFailure', 'Never'])(
    'restarts a sidecar after any exit under %s, while later containers run',
    (restartPolicy) => {
      for (const exitCode of [0, 1]) {
        const instances = [instance('migrate', 'running'), exited('proxy', exitCode)];
        expect(decide({ ...spec, restartPolicy }, instances)).toMatchObject({ start: ['proxy'], killPod: false });
        const running = [instance('app', 'running'), exited('migrate', 0), exited('proxy', exitCode)];
        expect(decide({ ...spec, restartPolicy }, running)).toMatchObject({ start: ['proxy'], initialized: true });
      }
    },
  );

  test('starts a sidecar without an instance if a later container exists', () => {
    expect(decide(spec, [instance('app', 'running')])).toMatchObject({ start: ['proxy'], initialized: true });
  });

  test.each<[keyof Results[string], string]>([
    ['liveness', 'livenessProbe'],
    ['startup', 'startupProbe'],
  ])('kills and restarts a sidecar whose %s probe has failed', (type, reason) => {
    const results: Results = { proxy: { startup: 'Success', [type]: 'Failure' } };
    const view = syncView(probed, [instance('app', 'running'), instance('proxy', 'running')], { results });
    const { start, kill } = computeInitContainerActions(view);
    expect(start.map(({ name }) => name)).toEqual(['proxy']);
    expect(kill).toMatchObject([{ id: 'proxy', message: `Init container proxy failed ${type} probe`, reason }]);
  });

  test('kills and restarts a sidecar whose definition changed', () => {
    const old = instance('proxy', 'running', { image: 'proxy:0' });
    const { start, kill } = computeInitContainerActions(syncView(spec, [instance('app', 'running'), old]));
    expect(start.map(({ name }) => name)).toEqual(['proxy']);
    expect(kill).toMatchObject([{ id: 'proxy', message: 'Init container proxy definition changed' }]);
  });

  test('returns initialized if the last init container is a started sidecar', () => {
    const last: Spec = { initContainers: [sidecar('proxy', { startupProbe })], containers: app };
    const runs = [instance('proxy', 'running')];
    expect(decide(last, runs)).toMatchObject({ initialized: false });
    expect(decide(last, runs, { results: started })).toMatchObject({ initialized: true, start: [] });
  });
});

describe('computeInitContainerActions after the app was created', () => {
  const spec: Spec = { initContainers: [named('migrate')], containers: app };
  const from137 = { behavior: behaviorOf('1.37') };

  test('treats an exited app as proof of completed init containers since 1.37', () => {
    const crashed = [exited('app', 1)];
    expect(decide(spec, crashed, from137)).toMatchObject({ start: [], initialized: true });
    expect(decide(spec, crashed)).toMatchObject({ start: ['migrate'], initialized: false });
    expect(decide(spec, [instance('app', 'created')])).toMatchObject({ start: [], initialized: true });
  });

  test('runs init containers again in a new sandbox', () => {
    const before = [exited('app', 1, { sandboxId: 'old' })];
    expect(decide(spec, before, from137)).toMatchObject({ start: ['migrate'], initialized: false });
  });
});
