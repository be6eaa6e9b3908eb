import {
  allContainersRestarting,
  type ConditionResult,
  type ConditionView,
  computeInitialized,
  containersReady,
  podReady,
  podReadyToStartContainers,
} from '../../../../src/kubelet/status/generate';
import type { ConditionStatus, PodPhase } from '../../../../src/timeline/podStatus';
import { runtimeOf, sandboxOf, specOf, statusesOf } from './pods';
import { listOf, oneOf, SOURCE_BEHAVIOR, type Subject, type Words } from './words';

const PHASES = ['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'] as const;
const STATUSES = ['True', 'False', 'Unknown'] as const;

export const conditions: Readonly<Record<string, Subject>> = {
  'kubelet.conditions.containersReady': async (given) => told(containersReady(viewOf(given))),

  'kubelet.conditions.initialized': async (given) => told(computeInitialized(viewOf(given))),

  'kubelet.conditions.podReady': async (given) => {
    const gates = listOf('readinessGates', given.readinessGates ?? []);
    const view = viewOf(given);
    const readinessGates = gates.map((gate) => ({ conditionType: String(gate) }));
    return told(podReady({ ...view, spec: { ...view.spec, readinessGates } }, conditionsOf(given.podConditions)));
  },

  'kubelet.conditions.podReadyToStartContainers': async ({ sandbox }) =>
    told(podReadyToStartContainers(sandboxOf(sandbox), SOURCE_BEHAVIOR)),

  'kubelet.conditions.allContainersRestarting': async (given) => {
    const { phase, previousCondition, runtime } = given;
    const previous = previousCondition ? oneOf('previousCondition', previousCondition, STATUSES) : undefined;
    return told(allContainersRestarting(specOf(given), phaseOf(phase), runtimeOf(runtime), previous, SOURCE_BEHAVIOR));
  },
};

/**
 * Returns the input of the conditions. The kubelet uses one list for the statuses of init and regular containers, so
 * `null` for one of them means that it has no list.
 */
function viewOf(given: Words): ConditionView {
  const { containerStatuses, initContainerStatuses } = given;
  const unknown = containerStatuses === null || initContainerStatuses === null;
  return {
    spec: specOf(given),
    phase: phaseOf(given.phase),
    containerStatuses: unknown ? undefined : statusesOf('containerStatuses', containerStatuses),
    initContainerStatuses: statusesOf('initContainerStatuses', initContainerStatuses),
  };
}

function told({ status, reason = '', message = '' }: ConditionResult): Words {
  return { status, reason, message };
}

export function phaseOf(value: unknown): PodPhase {
  return oneOf('phase', value, PHASES);
}

/** Statuses of conditions by their type. */
export function conditionsOf(value: unknown): Readonly<Record<string, ConditionStatus>> {
  const given = Object.entries((value ?? {}) as Words);
  return Object.fromEntries(given.map(([type, status]) => [type, oneOf(type, status, STATUSES)]));
}
