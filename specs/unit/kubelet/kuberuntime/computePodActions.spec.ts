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

  test('makes the first sandbox, and starts everything in it', () => {
    expect(decide(two, [], { runtime: NOTHING_RUNS })).toEqual({
      killPod: true,
      createSandbox: true,
      attempt: 0,
      init: [],
      start: ['app', 'log'],
      kill: [],
    });
  });

  test('starts with the first init container, and leaves the app until later', () => {
    const spec = { initContainers: [named('fetch'), named('migrate')], ...two };
    expect(decide(spec, [], { runtime: NOTHING_RUNS })).toMatchObject({ init: ['fetch'], start: [] });
  });

  test('makes the next sandbox if the last one is not ready, or has no address', () => {
    const runs = instance('app', 'running');
    expect(decide(one, [], gone(runs))).toMatchObject({ killPod: true, createSandbox: true, attempt: 3 });
    const runtime = { ...runtimeOf(runs), sandbox: { ...SANDBOX, podIP: '' } };
    expect(decide(one, [], { runtime })).toMatchObject({ createSandbox: true, attempt: 1 });
  });

  test('runs init containers again', () => {
    const spec = { initContainers: [named('fetch')], ...one };
    const before = gone(instance('app', 'running'), exited('fetch', 0));
    expect(decide(spec, [], before)).toMatchObject({ createSandbox: true, init: ['fetch'], start: [] });
  });

  test('leaves out under OnFailure what has exited with 0', () => {
    const spec = { ...two, restartPolicy: 'OnFailure' as const };
    const half = gone(exited('app', 0), exited('log', 1));
    expect(decide(spec, [], half)).toMatchObject({ createSandbox: true, start: ['log'] });
    const all = gone(exited('app', 0), exited('log', 0));
    expect(decide(spec, [], all)).toMatchObject({ killPod: true, createSandbox: false, start: [] });
  });

  test('starts everything again under Always, also what has exited with 0', () => {
    expect(decide(two, [], gone(exited('app', 0), exited('log', 1)))).toMatchObject({ start: ['app', 'log'] });
  });

  test('makes no new sandbox under Never if a container has existed', () => {
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
  ])('under %s with code %i starts %j beside a container that runs', (restartPolicy, exitCode, start) => {
    const actions = decide({ ...two, restartPolicy }, [exited('app', exitCode), instance('log', 'running')]);
    expect(actions).toMatchObject({ killPod: false, createSandbox: false, start, kill: [] });
  });

  test('kills the pod if no container runs and none is to start', () => {
    const spec = { ...two, restartPolicy: 'OnFailure' as const };
    const actions = decide(spec, [exited('app', 0), exited('log', 0)]);
    expect(actions).toMatchObject({ killPod: true, createSandbox: false, start: [] });
  });

  test('restarts no sidecar once the regular containers are done', () => {
    const spec = { initContainers: [sidecar('proxy')], ...one, restartPolicy: 'Never' as const };
    const done = [exited('app', 0), exited('proxy', 1)];
    expect(decide(spec, [instance('app', 'running'), exited('proxy', 1)])).toMatchObject({ init: ['proxy'] });
    // Until 1.36 only an app that is created or runs proves that init is over.
    const behavior = { ...syncView(spec, []).behavior, initJudgedBySandbox: true };
    expect(decide(spec, done, { behavior })).toMatchObject({ killPod: true, init: [], start: [] });
  });

  test.each<Policy>(['Always', 'OnFailure', 'Never'])(
    'tries a start that never ran again under %s',
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

describe('computePodActions of a container that runs', () => {
  const runs = [instance('app', 'running'), instance('log', 'running')];

  test('leaves it alone while its probes succeed, or have not decided', () => {
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

  test.each(['liveness', 'startup'])('only kills it under Never after a failed %s probe', (type) => {
    const results = { app: { [type]: 'Failure' } } as Results;
    const actions = decide({ ...two, restartPolicy: 'Never' }, runs, { results });
    const message = `Container app failed ${type} probe`;
    expect(actions).toMatchObject({ killPod: false, kill: [{ message, reason: `${type}Probe` }], start: [] });
  });

  test('kills the whole pod under Never if nothing else is left', () => {
    const restartPolicy = 'Never' as const;
    const results = FAILED_LIVENESS;
    expect(decide({ ...one, restartPolicy }, [instance('app', 'running')], { results }).killPod).toBe(true);
    expect(decide({ ...two, restartPolicy }, runs, { results }).killPod).toBe(false);
    const logIsDone = [instance('app', 'running'), exited('log', 0)];
    expect(decide({ ...two, restartPolicy }, logIsDone, { results }).killPod).toBe(true);
  });

  test.each<Policy>(['Always', 'OnFailure', 'Never'])('replaces it under %s if its definition changed', (policy) => {
    const old = instance('app', 'running', { image: 'app:0' });
    const message = 'Container app definition changed, will be restarted';
    expect(decide({ ...one, restartPolicy: policy }, [old])).toMatchObject({
      killPod: false,
      start: ['app'],
      kill: [{ message, reason: 'unknown' }],
    });
  });

  test('goes by the result of the instance that runs, and not of the one before', () => {
    const second = [instance('app', 'running', { id: 'second', restartCount: 1 }), exited('app', 137)];
    expect(decide(one, second, { results: FAILED_LIVENESS })).toMatchObject({ start: [], kill: [] });
  });
});

describe('computePodActions before the app may start', () => {
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
