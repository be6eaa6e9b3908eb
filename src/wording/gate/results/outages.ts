import type { Unobserved } from '../../../assertions/events/attempts';
import type { Received } from '../../../assertions/facts/received';
import { attemptsText } from '../../attempts';
import { formatReceived } from '../../facts/received';
import { formatList } from '../../list';
import { formatNoTraffic, formatTraffic } from '../../traffic';
import type { ContainerFact, RequestsFact } from '../facts';
import { formatHanging, type Hanging } from '../hanging';
import { formatAssumed } from './assumed';

interface OfOutage {
  readonly hanging: Hanging;
}

/** Results about outages of other containers and dependencies, and about clients. */
export const OUTAGES_AND_TRAFFIC = {
  notRestartedInOutage: ({ hanging, others }: OfOutage & { readonly others: readonly string[] }) =>
    `${formatList(others)} ${others.length === 1 ? 'does' : 'do'} not restart while ${formatHanging(hanging)} hangs`,
  outageNotObserved: ({ hanging, unobserved }: OfOutage & { readonly unobserved: Unobserved }) =>
    `${attemptsText(unobserved)} while ${formatHanging(hanging)} hung`,
  restartedInOutage: ({ hanging, container }: OfOutage & ContainerFact) =>
    `${container} restarts whenever ${formatHanging(hanging)} hangs, because its liveness probe checks more than ${container} itself`,
  exitsInOutage: ({ hanging, container, received }: OfOutage & ContainerFact & { readonly received: Received }) =>
    `${container} exits whenever ${formatHanging(hanging)} hangs: ${formatReceived(received)}`,
  servedInOutage: ({ hanging }: OfOutage) =>
    `clients get no errors from the Ready pod while ${formatHanging(hanging)} hangs`,
  noTraffic: ({ ports }: { readonly ports: readonly number[] }) => formatNoTraffic(ports),
  served: ({ requests, isAssumed }: RequestsFact & { readonly isAssumed: boolean }) =>
    `the pod serves its clients (${formatTraffic(requests)})${formatAssumed(isAssumed)}`,
  noOOMKill: 'no process was killed at a memory limit',
} as const;
