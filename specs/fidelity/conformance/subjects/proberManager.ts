import { after, CREATED, type Instant } from '../../../../src/clock/instant';
import { createPod, type PodState } from '../../../../src/kubelet';
import { behaviorOf } from '../../../../src/kubelet/behavior/behaviorOf';
import { newEffects } from '../../../../src/kubelet/effects/effects';
import { onProbeAnswered } from '../../../../src/kubelet/prober/doProbe';
import { addPod, removePod, stopLivenessAndStartup } from '../../../../src/kubelet/prober/proberManager';
import { updateStatus } from '../../../../src/kubelet/prober/updatePodStatus';
import { onProbed, tickWorkers } from '../../../../src/kubelet/probeUpdates';
import { type ProberState, removeWorker } from '../../../../src/kubelet/state/proberState';
import { type Results, resultOf, withResult } from '../../../../src/kubelet/state/results';
import type { Container, Probe } from '../../../../src/manifest/model';
import type { ContainerStatus } from '../../../../src/timeline/podStatus';
import { versionWith } from '../timeline/scenario';
import { containerOf } from './handlers';
import { restartPolicyOf, stateOf } from './pods';
import { gatesOf, listOf, oneOf, SOURCE_VERSION, type Subject, type Words, wordsOf } from './words';

const TYPES = ['liveness', 'readiness', 'startup'] as const;
const OUTCOMES = { success: 'Success', failure: 'Failure' } as const;
const PUBLISHED = { success: 'Success', failure: 'Failure', unknown: 'Unknown' } as const;
const ID = 'id';
const KUBELET_STARTED = after(CREATED, 3_600_000);
/** "Eventually" is within so many turns of every worker. */
const TURNS = 5;
const PERIOD_MS = 1000;
const DEFAULT_PROBE: Probe = {
  exec: { command: ['true'] },
  initialDelaySeconds: 0,
  timeoutSeconds: 1,
  periodSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};

/** The pods of one case: an engine each, and what their probes say from now on. */
interface Managed {
  readonly pods: Map<string, PodState>;
  now: Instant;
  outcome: 'success' | 'failure' | undefined;
}

export const proberManager: Readonly<Record<string, Subject>> = {
  'prober.manager': async ({ pods }, { steps }) => {
    const managed: Managed = { pods: new Map(listOf('pods', pods).map(podOf)), now: CREATED, outcome: undefined };
    return { steps: (steps as readonly Words[]).map((step) => doStep(managed, step)) };
  },

  'prober.manager.updatePodStatus': async (given) => {
    const { apiStatus, featureGates, workers, results } = given;
    const words = wordsOf('container', given.container, CONTAINER);
    const { ready: wasReady } = wordsOf('apiStatus', apiStatus ?? {}, ['ready', 'podReady']);
    const gates = gatesOf(featureGates);
    const probed = listOf('workers', workers).map((type) => oneOf('workers', type, TYPES));
    const status = statusOf(words);
    const inApi: ContainerStatus = {
      ...status,
      containerID: words.sameContainerIDAsAPI === false ? 'another id' : ID,
      started: true,
      ready: wasReady === true,
    };
    const next = updateStatus(containerGiven(words, probed), words.kind === 'initContainer', status, {
      results: resultsOf(results),
      hasWorker: (_name, type) => probed.includes(type),
      behavior: behaviorOf(versionWith(gates, SOURCE_VERSION), gates),
      kubeletStartedAt: words.startedBeforeKubeletRestart ? KUBELET_STARTED : CREATED,
      before: apiStatus === undefined ? [] : [inApi],
    });
    return { ready: next.status.ready, started: next.status.started };
  },
};

function doStep(managed: Managed, step: Words): Words {
  const { add, remove, cleanup, stopWorker, stopLivenessAndStartup: stopBoth, cancelSync, probe } = step;
  if (probe !== undefined) managed.outcome = oneOf('probe', probe, ['success', 'failure'] as const);
  if (add !== undefined) change(managed, add, (pod) => addPod(pod.prober, pod, newEffects(pod, managed.now)));
  if (remove !== undefined) change(managed, remove, ({ prober }) => removePod(prober));
  if (stopBoth !== undefined) change(managed, stopBoth, ({ prober, pod }) => stopLivenessAndStartup(prober, pod));
  if (cancelSync !== undefined) giveUpPass(managed, String(cancelSync));
  if (stopWorker !== undefined) {
    const [uid, name, type] = String(stopWorker).split('/');
    change(managed, uid, ({ prober }) =>
      prober.workers
        .filter((worker) => worker.container.name === name && worker.type === type)
        .reduce(removeWorker, prober),
    );
  }
  if (cleanup !== undefined) {
    const desired = listOf('desired', wordsOf('cleanup', cleanup, ['desired']).desired);
    for (const uid of managed.pods.keys()) {
      if (!desired.includes(uid)) change(managed, uid, ({ prober }) => removePod(prober));
    }
  }
  const workers = [...managed.pods].flatMap(([uid, pod]) =>
    pod.prober.workers.map(({ container, type }) => `${uid}/${container.name}/${type}`),
  );
  return { workers, ...eventually(managed) };
}

/** Aborts the current sync of the pod, and keeps its workers. */
function giveUpPass({ pods }: Managed, uid: string): void {
  const pod = podNamed(pods, uid);
  const { pass: _, ...sync } = pod.sync;
  pods.set(uid, { ...pod, sync });
}

function change({ pods }: Managed, uid: unknown, reduce: (pod: PodState) => ProberState): void {
  const pod = podNamed(pods, String(uid));
  pods.set(String(uid), { ...pod, prober: reduce(pod) });
}

function podNamed(pods: Managed['pods'], uid: string): PodState {
  const pod = pods.get(uid);
  if (!pod) throw new Error(`no pod has the uid ${uid}`);
  return pod;
}

/** Returns the result of a few turns of the workers with known probe results. */
function eventually(managed: Managed): Words {
  const { outcome } = managed;
  if (outcome === undefined) return {};
  for (let count = 0; count < TURNS; count += 1) {
    managed.now = after(managed.now, PERIOD_MS);
    for (const [uid, pod] of managed.pods) managed.pods.set(uid, takeTurns(pod, managed.now, outcome));
  }
  const probed = [...managed.pods.values()].flatMap(({ status, prober }) =>
    status.containerStatuses.map((each) => ({ each, result: resultOf(prober.results, each.containerID, 'readiness') })),
  );
  return {
    eventuallyContainerReady: probed.every(({ each }) => each.ready),
    eventuallyResult: probed[0]?.result?.toLowerCase(),
  };
}

function takeTurns(pod: PodState, now: Instant, outcome: 'success' | 'failure'): PodState {
  const out = newEffects(pod, now);
  let state = tickWorkers(pod, out);
  for (const command of out.commands) {
    if (command.kind !== 'RunProbe') continue;
    const answer = { run: command.run, outcome: { result: OUTCOMES[outcome], output: '' } };
    state = onProbed(state, onProbeAnswered(state.prober, answer, state, out), out);
  }
  return state;
}

/** Returns a pod whose regular containers are all running and started. */
function podOf(value: unknown): [string, PodState] {
  const { uid, containers, initContainers } = wordsOf('pods[]', value, ['uid', 'containers', 'initContainers']);
  const spec = {
    restartPolicy: 'Always',
    containers: listOf('containers', containers ?? []).map(probedContainer),
    initContainers: listOf('initContainers', initContainers ?? []).map(probedContainer),
  } as const;
  const { state } = createPod({ metadata: { name: 'pod', namespace: 'ns', uid: String(uid) }, spec });
  const containerStatuses = spec.containers.map(({ name }) => ({
    ...statusOf({ state: 'running' }),
    name,
    started: true,
  }));
  return [String(uid), { ...state, status: { ...state.status, phase: 'Running', containerStatuses } }];
}

function probedContainer(value: unknown): Container {
  const probes = TYPES.map((type) => `${type}Probe`);
  const given = wordsOf('container', value, ['name', 'restartPolicy', ...probes]);
  const run = probes.filter((probe) => given[probe] !== undefined);
  for (const probe of run) oneOf(probe, given[probe], ['default']);
  return containerOf({
    name: String(given.name),
    ...(given.restartPolicy === undefined ? {} : { restartPolicy: restartPolicyOf(given.restartPolicy) }),
    ...Object.fromEntries(run.map((probe) => [probe, DEFAULT_PROBE])),
  });
}

const CONTAINER = ['kind', 'state', 'exitCode', 'restartPolicy', 'startedBeforeKubeletRestart', 'sameContainerIDAsAPI'];

/** Returns a container with the probes of its workers, or with all three if it has no workers yet. */
function containerGiven({ kind, restartPolicy }: Words, probed: readonly (typeof TYPES)[number][]): Container {
  if (kind !== undefined) oneOf('container.kind', kind, ['initContainer', 'container']);
  const types = probed.length > 0 ? probed : TYPES;
  return containerOf({
    ...(restartPolicy === undefined ? {} : { restartPolicy: restartPolicyOf(restartPolicy) }),
    ...Object.fromEntries(types.map((type) => [`${type}Probe`, DEFAULT_PROBE])),
  });
}

function statusOf({ state, exitCode }: Words): ContainerStatus {
  return {
    name: 'container',
    image: '',
    containerID: ID,
    restartCount: 0,
    ready: false,
    state: stateOf('container', state, { exitCode }),
    lastState: {},
  };
}

function resultsOf(value: unknown): Results {
  const given = Object.entries((value ?? {}) as Words);
  return given.reduce((results: Results, [type, result]) => {
    const published = PUBLISHED[oneOf(`results.${type}`, result, ['success', 'failure', 'unknown'])];
    return withResult(results, ID, oneOf('results', type, TYPES), published);
  }, {});
}
