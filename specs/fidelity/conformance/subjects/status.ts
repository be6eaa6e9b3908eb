import { CREATED } from '../../../../src/clock/instant';
import { shouldContainerBeRestarted } from '../../../../src/kubelet/container/helpers';
import { convertContainerStatuses } from '../../../../src/kubelet/status/convertContainerStatuses';
import { generateAPIPodStatus } from '../../../../src/kubelet/status/generateAPIPodStatus';
import { getPhase } from '../../../../src/kubelet/status/getPhase';
import type { ContainerStatus, PodPhase, PodStatus } from '../../../../src/timeline/podStatus';
import { conditionsOf, phaseOf } from './conditions';
import { containerOf } from './handlers';
import { instanceOf, podOf, restartPolicyOf, runtimeOf, sandboxOf, specOf, statusesOf } from './pods';
import { listOf, SOURCE_BEHAVIOR, type Subject, type Words, wordsOf } from './words';

const behavior = SOURCE_BEHAVIOR;

export const status: Readonly<Record<string, Subject>> = {
  'kubelet.getPhase': async (given) => {
    const spec = specOf(given);
    const statuses = statusesOf('statuses', given.statuses);
    const regular = new Set(spec.containers.map(({ name }) => name));
    return {
      phase: getPhase({
        spec,
        statuses,
        podIsTerminal: given.podIsTerminal === true,
        podHasInitialized: statuses.some(
          ({ name, state }) => regular.has(name) && (state.running !== undefined || state.terminated !== undefined),
        ),
        behavior,
      }),
    };
  },

  'kubelet.shouldContainerBeRestarted': async ({ deleted, restartPolicy, statuses }) => {
    const container = containerOf({ name: 'container' });
    const spec = { restartPolicy: restartPolicyOf(restartPolicy), containers: [container], initContainers: [] };
    const instances = listOf('statuses', statuses ?? []).map((one) => instanceOf('statuses[]', container.name, one));
    const pod = podOf(spec, { deleted: deleted === true });
    return { restart: shouldContainerBeRestarted(container, pod, { instances, created: {} }, behavior) };
  },

  'kubelet.convertContainerStatuses': async (given) => {
    const statuses = convertContainerStatuses(
      {
        pod: podOf(specOf(given), { deleted: given.deletionTimestamp === true }),
        runtime: runtimeOf(given.runtime),
        previous: cachedOf('cachedStatus', given.cachedStatus).containerStatuses,
        startErrors: {},
        restartingAll: false,
        behavior,
      },
      'regular',
    );
    return { statuses: byName(statuses) };
  },

  'kubelet.generateAPIPodStatus': async (given) => {
    const { ready } = wordsOf('prober', given.prober ?? {}, ['ready']);
    const next = generateAPIPodStatus(
      {
        pod: podOf(specOf(given), { deleted: given.deletionTimestamp === true }),
        runtime: runtimeOf(given.runtime, sandboxOf(given.sandbox)),
        old: knownOf(given),
        startErrors: {},
        podIsTerminal: given.podIsTerminal === true,
        pastActiveDeadline: false,
        updateStatus: (each) => ({ ...each, ready: ready === true }),
        behavior,
      },
      CREATED,
    );
    const { phase, reason = '', message = '' } = next;
    return {
      phase,
      reason,
      message,
      conditions: Object.fromEntries(next.conditions.map((condition) => [condition.type, condition])),
      statuses: byName([...next.initContainerStatuses, ...next.containerStatuses]),
    };
  },
};

/**
 * Returns the status that the kubelet uses: the cached one or that of the API, with a terminal phase of either.
 * Conditions of other components come from the API.
 */
function knownOf({ apiStatus, cachedStatus }: Words): PodStatus {
  const api = cachedOf('apiStatus', apiStatus);
  if (cachedStatus === undefined) return api;
  const { conditions: _, ...cached } = cachedOf('cachedStatus', cachedStatus);
  if (isTerminal(cached.phase) || !isTerminal(api.phase)) return { ...api, ...cached };
  const { reason: _reason, message: _message, ...rest } = { ...api, ...cached };
  return { ...rest, phase: api.phase };
}

function isTerminal(phase: PodPhase): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

const POD_STATUS = ['phase', 'reason', 'message', 'statuses', 'conditions'];

function cachedOf(where: string, value: unknown): PodStatus {
  const { phase, reason, message, statuses, conditions } = wordsOf(where, value ?? {}, POD_STATUS);
  return {
    phase: phase === undefined ? 'Pending' : phaseOf(phase),
    ...(reason === undefined ? {} : { reason: String(reason) }),
    ...(message === undefined ? {} : { message: String(message) }),
    conditions: Object.entries(conditionsOf(conditions)).map(([type, status]) => ({ type, status })),
    initContainerStatuses: [],
    containerStatuses: statusesOf(`${where}.statuses`, statuses),
  };
}

function byName(statuses: readonly ContainerStatus[]): Words {
  return Object.fromEntries(statuses.map((each) => [each.name, each]));
}
