import { limitsOf } from '../../manifest/values/podLimits';
import { trafficWatchMs } from '../../timing/watches';
import { clientsOf, type HttpCaller } from '../model/clients';
import type { Experiment, ExperimentFile } from '../model/experiment';
import type { ObservedPod } from '../model/observation';
import { isServiceAssumed, runningContainers, type Subject } from '../model/subject';
import { blockedHealth } from './observations/blockedHealth';
import { disturbedByTraffic } from './observations/disturbedByTraffic';
import { memoryRises } from './observations/memoryRises';
import { refusedClients } from './observations/refusedClients';
import { answeredRequests } from './observations/requests';
import { slowFirstRequest } from './observations/slowFirstRequest';
import { observes } from './steps/observes';
import { reapsProcesses } from './steps/reapsProcesses';

/** Sends requests to the Ready pod, one at a time on each port, so that no app is overloaded. */
export const traffic: ExperimentFile = {
  experimentsFor: (subject) => {
    const clients = clientsOf(subject);
    return clients.length > 0 ? [underTraffic(subject, clients)] : [];
  },
  gapsOf: (subject) =>
    runningContainers(subject)
      .filter((container) => limitsOf(container, subject.pod.spec).memory === undefined)
      .map(({ name }) => ({ check: 'memory', gap: { kind: 'unlimitedMemory', container: name } })),
};

function underTraffic(subject: Subject, clients: readonly HttpCaller[]): Experiment {
  return {
    name: { kind: 'underTraffic' },
    steps: [
      { do: 'start' },
      { do: 'waitUntilReady' },
      { do: 'chooseTargets', clients },
      { do: 'look' },
      { do: 'requests', clients },
      { do: 'measureMemory' },
      {
        check: 'detected',
        assertion: { kind: 'restartsAtMost', times: 0 },
        window: { kind: 'for', ms: trafficWatchMs(subject.paths?.length ?? 0) },
        counts: 'action',
        waitingFor: { kind: 'clients' },
      },
      observes(subject, {
        check: 'serves-clients',
        counts: 'action',
        observations: [refusedClients, blockedHealth, disturbedByTraffic, slowFirstRequest],
        settled: (seen) => toServed(clients, seen),
      }),
      observes(subject, {
        check: 'memory',
        counts: 'action',
        observations: [memoryRises],
        settled: () => ({ outcome: 'passed', message: { kind: 'noOOMKill' } }),
      }),
      { do: 'look' },
      reapsProcesses(subject),
    ],
  };
}

function toServed(clients: readonly HttpCaller[], { subject, timeline }: ObservedPod) {
  const requests = answeredRequests(timeline);
  if (requests.length === 0) {
    return {
      outcome: 'notApplicable',
      message: { kind: 'noTraffic', ports: clients.map(({ port }) => port) },
    } as const;
  }
  const message = { kind: 'served', requests, isAssumed: isServiceAssumed(subject) } as const;
  return { outcome: 'passed', message } as const;
}
