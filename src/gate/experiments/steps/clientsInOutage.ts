import { OUTAGE_TRAFFIC_MS } from '../../../timing/watches';
import { clientsOf } from '../../model/clients';
import type { CheckStep, Experiment } from '../../model/experiment';
import type { Subject } from '../../model/subject';
import { errorsWhileReady } from '../observations/errorsWhileReady';
import { answeredRequests } from '../observations/requests';
import { observes } from './observes';

const CLIENTS_TIMEOUT = '3s';
const CLIENTS_CONCURRENCY = 3;

/**
 * Sends requests before the dependency hangs, and again at the end. In between, a request that waits for the dependency
 * could block the probes of the container, which is another cause.
 */
export function withClients(subject: Subject, service: string, steps: Experiment['steps']): Experiment['steps'] {
  const clients = clientsOf(subject);
  if (clients.length === 0) return steps;
  const requests = { do: 'requests', clients, concurrency: CLIENTS_CONCURRENCY, timeout: CLIENTS_TIMEOUT } as const;
  const begin = steps.findIndex((step) => 'do' in step && step.do === 'freezeService');
  return [
    ...steps.slice(0, begin),
    { do: 'chooseTargets', clients },
    requests,
    whileServing(OUTAGE_TRAFFIC_MS.before),
    { do: 'stopRequests' },
    ...steps.slice(begin, -1),
    requests,
    whileServing(OUTAGE_TRAFFIC_MS.during),
    observes(subject, {
      check: 'serves-clients',
      counts: 'action',
      observations: [errorsWhileReady(service)],
      settled: ({ timeline }) =>
        answeredRequests(timeline).length > 0
          ? { outcome: 'passed', message: { kind: 'servedInOutage', hanging: { kind: 'service', service } } }
          : { outcome: 'notApplicable', message: { kind: 'noTraffic', ports: clients.map(({ port }) => port) } },
    }),
    ...steps.slice(-1),
  ];
}

function whileServing(ms: number): CheckStep {
  return {
    check: 'detected',
    assertion: { kind: 'restartsAtMost', times: 0 },
    window: { kind: 'for', ms },
    counts: 'action',
    waitingFor: { kind: 'clients' },
  };
}
