import { describe, expect, test } from '@jest/globals';
import { computePodActions } from '../../../../src/kubelet/kuberuntime/computePodActions';
import type { Results } from '../../../../src/kubelet/state/results';
import { type Instance, NOTHING_RUNS } from '../../../../src/kubelet/state/runtimeState';
import type { SyncView } from '../../../../src/kubelet/state/syncView';
import { DELETION, exited, instance, named, podOf, runtimeOf, SANDBOX, sidecar, syncView } from '../pods';

type Spec = Parameters<typeof podOf>[0];
type Policy = 'Always' | 'OnFailure' | 'Never';

const one: Spec = { containers: [named('app')] };
const two: Spec = { containers: [named('app'), named('log')] };
const FAILED_LIVENESS: Results = { app: { liveness: 'Failure' } };

function decide(spec: Spec, instances: readonly Instance[] = [], more: Partial<SyncView> = {}) {
  return shown(syncView(spec, instances, more));
}

function shown(view: SyncView) {
  const { startInitContainers, startContainers, killContainers, ...rest } = computePodActions(view);
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
  return {
    ...rest,
    init: names(startInitContainers),
    start: names(startContainers),
    kill: killContainers.map(({ message, reason }) => ({ message, reason })),
  };
}

describe('computePodActions without a usable sandbox', () => {
  const gone = (...instances: readonly Instance[]) => ({
    runtime: { ...runtimeOf(...instances), sandbox: { ...SANDBOX, ready: false, attempt: 2 } },
  });

  test('creates the first sandbox, and starts all containers', () => {
    expect(decide(two, [], { runtime: NOTHING_RUNS })).toEqual({
      killPod: true,
      createSandbox: true,
      attempt: 0,
      init: [],
      start: ['app', 'log'],
      kill: [],
    });
  });

  test('starts the first init container, and no app container', () => {
    const spec = { initContainers: [named('fetch'), named('migrate')], ...two };
    expect(decide(spec, [], { runtime: NOTHING_RUNS })).toMatchObject({ init: ['fetch'], start: [] });
  });

  test('creates the next sandbox if the last one is not ready or has no IP', () => {
    const runs = instance('app', 'running');
    expect(decide(one, [], gone(runs))).toMatchObject({ killPod: true, createSandbox: true, attempt: 3 });
    const runtime = { ...runtimeOf(runs), sandbox: { ...SANDBOX, podIP: '' } };
    expect(decide(one, [], { runtime })).toMatchObject({ createSandbox: true, attempt: 1 });
  });

  test('runs init containers again in a new sandbox', () => {
    const spec = { initContainers: [named('fetch')], ...one };
    const before = gone(instance('app', 'running'), exited('fetch', 0));
    expect(decide(spec, [], before)).toMatchObject({ createSandbox: true, init: ['fetch'], start: [] });
  });

  test('skips containers that exited with 0 under OnFailure', () => {
    const spec = { ...two, restartPolicy: 'OnFailure' as const };
    const half = gone(exited('app', 0), exited('log', 1));
    expect(decide(spec, [], half)).toMatchObject({ createSandbox: true, start: ['log'] });
    const all = gone(exited('app', 0), exited('log', 0));
    expect(decide(spec, [], all)).toMatchObject({ killPod: true, createSandbox: false, start: [] });
  });

  test('starts all containers under Always, even after exit code 0', () => {
    expect(decide(two, [], gone(exited('app', 0), exited('log', 1)))).toMatchObject({ start: ['app', 'log'] });
  });

  test('creates no new sandbox under Never if a container was created before', () => {
    const spec = { ...one, restartPolicy: 'Never' as const };
    expect(decide(spec, [], gone(exited('app', 1)))).toMatchObject({ killPod: true, createSandbox: false });
    expect(decide(spec, [], gone())).toMatchObject({ createSandbox: true, start: ['app'] });
  });
});

describe('computePodActions after an exit', () => {
  test.each<[Policy, number, readonly string[]]>([
    ['Always', 0, ['app']],
    ['Always', 137, ['app']],
    ['OnFailure', 0, []],
    ['OnFailure', 137, ['app']],
    ['Never', 0, []],
    ['Never', 137, []],
  ])('runs under %s after exit code %i %j again while another container runs', (restartPolicy, exitCode, start) => {
    const actions = decide({ ...two, restartPolicy }, [exited('app', exitCode), instance('log', 'running')]);
    expect(actions).toMatchObject({ killPod: false, createSandbox: false, start, kill: [] });
  });

  test('kills the pod if no container runs or can start', () => {
    const spec = { ...two, restartPolicy: 'OnFailure' as const };
    const actions = decide(spec, [exited('app', 0), exited('log', 0)]);
    expect(actions).toMatchObject({ killPod: true, createSandbox: false, start: [] });
  });

  test('restarts no sidecar once the regular containers have finished', () => {
    const spec = { initContainers: [sidecar('proxy')], ...one, restartPolicy: 'Never' as const };
    const done = [exited('app', 0), exited('proxy', 1)];
    expect(decide(spec, [instance('app', 'running'), exited('proxy', 1)])).toMatchObject({ init: ['proxy'] });
    // Until 1.36, only a created or running app proves that init containers are done.
    const behavior = { ...syncView(spec, []).behavior, initJudgedBySandbox: true };
    expect(decide(spec, done, { behavior })).toMatchObject({ killPod: true, init: [], start: [] });
  });

  test.each<Policy>(['Always', 'OnFailure', 'Never'])(
    'starts a container again under %s if its last start failed',
    (restartPolicy) => {
      expect(decide({ ...one, restartPolicy }, [instance('app', 'created')])).toMatchObject({
        start: ['app'],
        kill: [],
      });
      expect(decide({ ...one, restartPolicy }, [instance('app', 'unknown')])).toMatchObject({
        start: ['app'],
        kill: [{ message: 'Container is in "unknown" state, try killing it before restart', reason: 'unknown' }],
      });
    },
  );

  test('starts nothing in a pod that is being deleted', () => {
    const pod = podOf(two, { deletion: DELETION });
    expect(decide(two, [exited('app', 1), instance('log', 'running')], { pod })).toMatchObject({ start: [] });
  });
});

describe('computePodActions for running containers', () => {
  const runs = [instance('app', 'running'), instance('log', 'running')];

  test('keeps a container while its probes succeed or have no result', () => {
    const results: Results = { app: { liveness: 'Success', startup: 'Unknown', readiness: 'Failure' } };
    expect(decide(two, runs, { results })).toMatchObject({ killPod: false, start: [], kill: [] });
  });

  test.each<[Policy, 'liveness' | 'startup']>([
    ['Always', 'liveness'],
    ['Always', 'startup'],
    ['OnFailure', 'liveness'],
    ['OnFailure', 'startup'],
  ])('kills and restarts it under %s after a failed %s probe', (restartPolicy, type) => {
    const message = `Container app failed ${type} probe, will be restarted`;
    const actions = decide({ ...two, restartPolicy }, runs, { results: { app: { [type]: 'Failure' } } });
    expect(actions).toMatchObject({ killPod: false, kill: [{ message, reason: `${type}Probe` }], start: ['app'] });
  });

  test.each(['liveness', 'startup'])('only kills a container under Never after a failed %s probe', (type) => {
    const results = { app: { [type]: 'Failure' } } as Results;
    const actions = decide({ ...two, restartPolicy: 'Never' }, runs, { results });
    const message = `Container app failed ${type} probe`;
    expect(actions).toMatchObject({ killPod: false, kill: [{ message, reason: `${type}Probe` }], start: [] });
  });

  test('kills the whole pod under Never if no other container remains', () => {
    const restartPolicy = 'Never' as const;
    const results = FAILED_LIVENESS;
    expect(decide({ ...one, restartPolicy }, [instance('app', 'running')], { results }).killPod).toBe(true);
    expect(decide({ ...two, restartPolicy }, runs, { results }).killPod).toBe(false);
    const logIsDone = [instance('app', 'running'), exited('log', 0)];
    expect(decide({ ...two, restartPolicy }, logIsDone, { results }).killPod).toBe(true);
  });

  test.each<Policy>(['Always', 'OnFailure', 'Never'])(
    'replaces a container under %s if its definition changed',
    (policy) => {
      const old = instance('app', 'running', { image: 'app:0' });
      const message = 'Container app definition changed, will be restarted';
      expect(decide({ ...one, restartPolicy: policy }, [old])).toMatchObject({
        killPod: false,
        start: ['app'],
        kill: [{ message, reason: 'unknown' }],
      });
    },
  );

  test('uses the probe result of the running instance, not of the one before', () => {
    const second = [instance('app', 'running', { id: 'second', restartCount: 1 }), exited('app', 137)];
    expect(decide(one, second, { results: FAILED_LIVENESS })).toMatchObject({ start: [], kill: [] });
  });
});

describe('computePodActions before the app starts', () => {
  const spec: Spec = { initContainers: [named('fetch')], ...one };

  test('starts the app only after the last init container has exited with 0', () => {
    expect(decide(spec, [instance('fetch', 'running')])).toMatchObject({ init: [], start: [] });
    expect(decide(spec, [exited('fetch', 0)])).toMatchObject({ init: [], start: ['app'] });
  });

  test('kills the pod under Never if an init container has failed', () => {
    const never = { ...spec, restartPolicy: 'Never' as const };
    expect(decide(never, [exited('fetch', 1)])).toMatchObject({ killPod: true, init: [], start: [] });
  });
});
