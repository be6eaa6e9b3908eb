import { CREATED } from '../../../../src/clock/instant';
import { createPod, type PodState } from '../../../../src/kubelet';
import { type Effects, newEffects } from '../../../../src/kubelet/effects/effects';
import { beginKill, gracePeriodSeconds } from '../../../../src/kubelet/kuberuntime/killContainer';
import { onStartNews } from '../../../../src/kubelet/kuberuntime/startContainer';
import type { KillReason } from '../../../../src/kubelet/state/pass';
import type { Container, PodSpec, Probe } from '../../../../src/manifest/model';
import { containerNamed } from '../../../../src/manifest/model';
import { aimHook } from '../../../../src/probes/hook/aim';
import { containerOf, hookHandlerOf, probeHandlerOf } from './handlers';
import { instanceOf, POD_IP } from './pods';
import { listOf, oneOf, type Subject, type Words, wordsOf } from './words';

const REASONS: readonly KillReason[] = ['unknown', 'livenessProbe', 'startupProbe'];

export const kill: Readonly<Record<string, Subject>> = {
  'kuberuntime.killGracePeriod': async ({ container: name, pod, reason }) => {
    const spec = specOf(pod);
    const container = containerNamed(spec, String(name));
    if (!container) throw new Error(`container: the pod has none named ${name}`);
    return { gracePeriodSeconds: gracePeriodSeconds(spec, undefined, container, oneOf('reason', reason, REASONS)) };
  },

  'kuberuntime.killContainer': async ({ container: name, pod, terminationGracePeriodSeconds }) => {
    const spec = specOf(pod);
    const container = containerNamed(spec, String(name));
    if (!container) return { error: true, hookInvoked: null };
    const state = running(spec, container);
    const out = newEffects(state, CREATED);
    const order = { id: `${name}-id`, container, message: '', reason: 'unknown' } as const;
    const override = terminationGracePeriodSeconds;
    const view = override === undefined ? state : { ...state, gracePeriodSecondsOverride: Number(override) };
    beginKill(order, view, out);
    return { error: false, hookInvoked: findInvokedHook(state, out) };
  },

  'kuberuntime.startContainer': async ({ container: name, pod }) => {
    const spec = specOf(pod);
    const container = containerNamed(spec, String(name));
    if (!container) throw new Error(`container: the pod has none named ${name}`);
    const state = running(spec, container);
    const out = newEffects(state, CREATED);
    const id = `${name}-id`;
    const init = spec.initContainers.includes(container);
    const starting = { kind: 'StartContainer', container, init, stage: 'start', id } as const;
    const view = { ...state, snapshot: state.runtime };
    onStartNews(state.backOff, starting, { kind: 'ContainerStarted', id }, view, out);
    return { hookInvoked: findInvokedHook(state, out) };
  },
};

/** Returns a pod whose container runs. */
function running(spec: PodSpec, { name }: Container): PodState {
  const { state } = createPod({ metadata: { name: 'pod', namespace: 'ns', uid: 'uid' }, spec });
  const sandbox = { id: 'sandbox', attempt: 0, ready: true, podIP: POD_IP };
  const runtime = { instances: [instanceOf(name, name, { state: 'running' })], created: {}, sandbox };
  return { ...state, runtime };
}

/** Returns the hook that ran, or null. */
function findInvokedHook({ config }: PodState, { commands }: Effects): Words | null {
  const hook = commands.find((command) => command.kind === 'RunHook');
  if (!hook) return null;
  const aim = aimHook(hook, config.kubernetesVersion);
  switch (aim.kind) {
    case 'exec':
      return { exec: aim.argv };
    case 'http':
      return { http: { url: aim.request.url } };
    case 'nothing':
      return { error: aim.error };
  }
}

const SPEC = ['containers', 'initContainers', 'restartPolicy', 'terminationGracePeriodSeconds'];

/** Returns the spec of a pod without defaults. */
function specOf(pod: unknown): PodSpec {
  const { spec } = wordsOf('pod', pod, ['metadata', 'spec']);
  const { containers, initContainers, ...given } = wordsOf('pod.spec', spec, SPEC);
  return {
    restartPolicy: 'Always',
    ...given,
    containers: listOf('containers', containers ?? []).map(containerGiven),
    initContainers: listOf('initContainers', initContainers ?? []).map(containerGiven),
  };
}

const CONTAINER = ['name', 'restartPolicy', 'ports', 'lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'];

function containerGiven(value: unknown): Container {
  const { lifecycle, livenessProbe, readinessProbe, startupProbe, ...given } = wordsOf('container', value, CONTAINER);
  const { postStart, preStop } = wordsOf('lifecycle', lifecycle ?? {}, ['postStart', 'preStop']);
  const probes = Object.entries({ livenessProbe, readinessProbe, startupProbe }).filter(([, probe]) => probe);
  return containerOf({
    ...(given as Partial<Container>),
    lifecycle: {
      ...(postStart ? { postStart: hookHandlerOf(postStart) } : {}),
      ...(preStop ? { preStop: hookHandlerOf(preStop) } : {}),
    },
    ...Object.fromEntries(probes.map(([name, probe]) => [name, probeHandlerOf(probe) as Probe])),
  });
}
