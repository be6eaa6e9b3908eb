import { behaviorOf } from '../../../../src/kubelet/behavior/behaviorOf';
import {
  collectContainerLevelResources,
  collectPodLevelResources,
  computePodQOS,
  type QOSPod,
  type QOSResources,
  type ResourceTotals,
} from '../../../../src/kubelet/scheduler/qos';
import type { ResourceRequirements } from '../../../../src/manifest/model';
import { formatQuantity } from '../../../../src/manifest/values/quantity';
import { versionWith } from '../timeline/scenario';
import { gatesOf, listOf, SOURCE_VERSION, type Subject, type Words, wordsOf } from './words';

function podOf(value: unknown): QOSPod {
  const { spec } = wordsOf('pod', value, ['spec']);
  const { resources, initContainers, containers } = wordsOf('spec', spec, [
    'resources',
    'initContainers',
    'containers',
  ]);
  return {
    spec: {
      ...(resources === undefined ? {} : { resources: resourcesOf(resources) }),
      ...(initContainers === undefined ? {} : { initContainers: containersOf(initContainers) }),
      containers: containersOf(containers),
    },
  };
}

function containersOf(value: unknown) {
  return listOf('containers', value).map((container) => {
    const { resources } = wordsOf('container', container, ['name', 'resources']);
    return resources === undefined ? {} : { resources: resourcesOf(resources) };
  });
}

function resourcesOf(value: unknown): ResourceRequirements {
  return wordsOf('resources', value, ['limits', 'requests']) as ResourceRequirements;
}

function toldOf({ requests, limits, guaranteedLimits }: QOSResources): Words {
  return { requests: amounts(requests), limits: amounts(limits), guaranteedLimits };
}

function amounts(totals: ResourceTotals): Words {
  return Object.fromEntries(Object.entries(totals).map(([name, quantity]) => [name, formatQuantity(quantity)]));
}

export const qos: Readonly<Record<string, Subject>> = {
  'qos.compute': async (given) => {
    const { pod, featureGates = {} } = wordsOf('given', given, ['pod', 'featureGates']);
    const gates = gatesOf(featureGates);
    return {
      qosClass: computePodQOS(podOf(pod), behaviorOf(versionWith(gates, SOURCE_VERSION), gates)),
    };
  },

  'qos.collectContainers': async (given) => {
    const { pod } = wordsOf('given', given, ['pod']);
    return toldOf(collectContainerLevelResources(podOf(pod)));
  },

  'qos.collectPodLevel': async (given) => {
    const { resources } = wordsOf('given', given, ['resources']);
    return toldOf(collectPodLevelResources(resourcesOf(resources)));
  },
};
