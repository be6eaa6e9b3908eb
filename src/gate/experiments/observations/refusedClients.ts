import { historyOf } from '../../../timeline/history/podHistory';
import { OBSERVATIONS } from '../../../wording/observations';
import type { Symptom } from '../../model/observation';
import { pathOf } from '../../model/subject';
import { answeredRequests, byPort, containerAt } from './requests';

/** It takes a while in a cluster too until clients send requests to a pod that is Ready. */
const LEAST_MS = 1_000;

/** A port of the Service that refuses connections though the pod is Ready. It fails all clients if no other port serves. */
export const refusedClients: Symptom = {
  severity: 'error',
  cause: 'ready-without-serving',
  advice: 'Correct targetPort of the Service, or let readiness request the port that clients use',
  find: ({ subject, timeline }) => {
    if (!subject.backend.ports) return [];
    const servesOther = answeredRequests(timeline).length > 0;
    return byPort(historyOf(timeline).requests).flatMap((sent) => {
      const { sentAt: first = 0, port = 0 } = sent[0] ?? {};
      const last = sent.findLast(({ isRefused }) => isRefused);
      if (!last || !sent.every(({ isRefused }) => isRefused) || last.sentAt - first < LEAST_MS) return [];
      const container = containerAt(subject, port);
      const sentence = OBSERVATIONS.refusedClients({ port, afterMs: last.sentAt - first });
      const field = `${pathOf(subject, container)}.ports`;
      return [{ container, field, event: last, sentence, ...(servesOther && { severity: 'warning' as const }) }];
    });
  },
};
