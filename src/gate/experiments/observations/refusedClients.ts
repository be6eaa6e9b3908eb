import { historyOf } from '../../../timeline/history/podHistory';
import type { Symptom } from '../../model/observation';
import { pathOf } from '../../model/subject';
import { answeredRequests, byPort, containerAt } from './requests';

/** In a cluster, clients also start to send requests a while after the pod is Ready. */
const LEAST_MS = 1_000;

/** A port of the Service that refuses connections although the pod is Ready. It is an error if no other port serves. */
export const refusedClients: Symptom = {
  severity: 'error',
  kind: 'refusedClients',
  cause: 'ready-without-serving',
  find: ({ subject, timeline }) => {
    if (!subject.backend.ports) return [];
    const servesOther = answeredRequests(timeline).length > 0;
    return byPort(historyOf(timeline).requests).flatMap((sent) => {
      const { sentAt: first = 0, port = 0 } = sent[0] ?? {};
      const last = sent.findLast(({ isRefused }) => isRefused);
      if (!last || !sent.every(({ isRefused }) => isRefused) || last.sentAt - first < LEAST_MS) return [];
      const container = containerAt(subject, port);
      const message = { kind: 'refusedClients', port, afterMs: last.sentAt - first } as const;
      const field = `${pathOf(subject, container)}.ports`;
      return [{ container, field, event: last, message, ...(servesOther && { severity: 'warning' as const }) }];
    });
  },
};
