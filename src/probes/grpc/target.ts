import type { GRPCAction } from '../../manifest/model';
import { hostToDial } from '../address';

export interface GRPCTarget {
  readonly host: string;
  readonly port: number;
  /** The service to check; the empty name is the server as a whole. */
  readonly service: string;
  /** True if it goes over TLS, of which nothing is verified. */
  readonly isTLS?: true;
}

/** Returns the target of a grpc probe: always the pod, by number. Throws a NoAddressError while the pod has no IP. */
export function grpcTarget({ port, service = '', mode }: GRPCAction, podIP: string): GRPCTarget {
  return { host: hostToDial(undefined, podIP), port, service, ...(mode === 'TLS' && { isTLS: true }) };
}
