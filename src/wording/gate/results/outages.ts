import type { Unobserved } from '../../../assertions/events/attempts';
import { attemptsText } from '../../attempts';
import { formatList } from '../../list';
import { formatNoTraffic, formatTraffic } from '../../traffic';
import type { RequestsFact } from '../facts';
import { formatAssumed } from './assumed';

/** A container or a service that hangs: `proxy`, `the service db`. */
interface OfOutage {
  readonly hanging: string;
}

interface OtherContainer extends OfOutage {
  readonly container: string;
}

/** Results about outages of other containers and services, and about clients. */
export const OUTAGES_AND_TRAFFIC = {
  leftAlone: ({ hanging, others }: OfOutage & { readonly others: readonly string[] }) =>
    `while ${hanging} hangs, ${formatList(others)} ${others.length === 1 ? 'is' : 'are'} left alone`,
  outageUnobserved: ({ hanging, unobserved }: OfOutage & { readonly unobserved: Unobserved }) =>
    `while ${hanging} hangs, ${attemptsText(unobserved)}`,
  restartedInOutage: ({ hanging, container }: OtherContainer) =>
    `${container} would be restarted whenever ${hanging} hangs: its liveness probe asks for more than ${container} itself`,
  exitsInOutage: ({ hanging, container, received }: OtherContainer & { readonly received: string }) =>
    `${container} would go down whenever ${hanging} hangs: ${received}`,
  servedInOutage: ({ hanging }: OfOutage) => `while ${hanging} hangs, no client of a Ready pod gets errors`,
  noTraffic: ({ ports }: { readonly ports: readonly number[] }) => formatNoTraffic(ports),
  served: ({ requests, isAssumed }: RequestsFact & { readonly isAssumed: boolean }) =>
    `the pod serves its clients (${formatTraffic(requests)})${formatAssumed(isAssumed)}`,
  memoryStays: 'no process was killed at a memory limit',
} as const;
