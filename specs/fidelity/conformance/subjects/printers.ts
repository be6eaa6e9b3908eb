import { after, CREATED, type Instant } from '../../../../src/clock/instant';
import type { APIPod } from '../../../../src/report/kubectl/apiPod';
import { printPod } from '../../../../src/report/kubectl/printPod';
import type { ContainerState, ContainerStatus, PodCondition } from '../../../../src/timeline/podStatus';
import { listOf, type Subject, type Words, wordsOf } from './words';

/** When the row is printed; times in a case are relative to it. */
const NOW = after(CREATED, 10 * 365 * 86_400_000);
const UNITS_MS: Words = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

export const printers: Readonly<Record<string, Subject>> = {
  'printers.pod': async (given) => {
    const { pod, wide } = wordsOf('given', given, ['pod', 'wide']);
    if (wide !== undefined && typeof wide !== 'boolean') throw new Error(`given.wide: expected a boolean, got ${wide}`);
    const { conditions, name: _, ...columns } = printPod(podOf(pod), NOW);
    return { ...columns, rowConditions: conditions };
  },
};

function podOf(value: unknown): APIPod {
  const { metadata = {}, spec, status } = wordsOf('pod', value, ['metadata', 'spec', 'status']);
  const known = ['name', 'namespace', 'labels', 'deletionTimestamp'];
  const { name = 'pod', deletionTimestamp } = wordsOf('metadata', metadata, known);
  const deletion = deletionTimestamp ? { deletionTimestamp: NOW } : {};
  return { metadata: { name: String(name), ...deletion }, spec: specOf(spec), status: statusOf(status) };
}

function specOf(value: unknown): APIPod['spec'] {
  const known = ['nodeName', 'readinessGates', 'initContainers', 'containers'];
  const { initContainers = [], containers, ...rest } = wordsOf('spec', value, known);
  const each = (where: string, list: unknown) =>
    listOf(where, list).map((one) => wordsOf(where, one, ['name', 'image', 'restartPolicy']));
  return {
    ...rest,
    initContainers: each('spec.initContainers', initContainers),
    containers: each('spec.containers', containers),
  } as unknown as APIPod['spec'];
}

function statusOf(value: unknown): APIPod['status'] {
  const lists = ['conditions', 'initContainerStatuses', 'containerStatuses', 'podIPs'];
  const words = wordsOf('status', value, ['phase', 'reason', 'nominatedNodeName', ...lists]);
  const { conditions = [], initContainerStatuses = [], containerStatuses = [], podIPs = [], ...rest } = words;
  return {
    ...(rest as { readonly phase: string }),
    conditions: listOf('conditions', conditions).map(conditionOf),
    initContainerStatuses: listOf('initContainerStatuses', initContainerStatuses).map(containerOf),
    containerStatuses: listOf('containerStatuses', containerStatuses).map(containerOf),
    podIPs: listOf('podIPs', podIPs).map((one) => String(wordsOf('podIPs', one, ['ip']).ip)),
  };
}

function conditionOf(value: unknown): PodCondition {
  return wordsOf('condition', value, ['type', 'status', 'reason', 'message']) as unknown as PodCondition;
}

function containerOf(value: unknown): ContainerStatus {
  const known = ['name', 'image', 'ready', 'started', 'restartCount', 'state', 'lastState'];
  const { state = {}, lastState = {}, ...rest } = wordsOf('container status', value, known);
  const absent = { image: '', ready: false, restartCount: 0 };
  return { ...absent, ...rest, state: stateOf(state), lastState: stateOf(lastState) } as unknown as ContainerStatus;
}

const ENDED = ['reason', 'message', 'exitCode', 'signal', 'finishedAgo'];

function stateOf(value: unknown): ContainerState {
  const { terminated, ...rest } = wordsOf('state', value, ['waiting', 'running', 'terminated']);
  if (terminated === undefined) return rest;
  const { finishedAgo, ...how } = wordsOf('terminated', terminated, ENDED);
  const finished = finishedAgo === undefined ? {} : { finishedAt: ago(finishedAgo) };
  return { ...rest, terminated: { exitCode: 0, ...how, ...finished } };
}

function ago(value: unknown): Instant {
  const [, amount, unit = ''] = /^(\d+)([smhd])$/.exec(String(value)) ?? [];
  if (amount === undefined) throw new Error(`finishedAgo: expected a duration like 10s, got ${JSON.stringify(value)}`);
  return after(NOW, -Number(amount) * Number(UNITS_MS[unit]));
}
