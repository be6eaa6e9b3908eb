import type { NetworkFailure } from '../timeline/causes';
import { joinHostPort } from './address';

/** Error of Node for a failed system call. */
export interface NetError {
  readonly message: string;
  readonly code?: string | undefined;
  readonly syscall?: string | undefined;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  readonly hostname?: string | undefined;
  /** The attempts, where a name has several addresses. */
  readonly errors?: readonly NetError[] | undefined;
}

/** Errno names in Go's words. Source: Go syscall, zerrors_linux. */
const ERRNO: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EADDRNOTAVAIL: 'cannot assign requested address',
  ECONNABORTED: 'software caused connection abort',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by peer',
  EHOSTDOWN: 'host is down',
  EHOSTUNREACH: 'no route to host',
  EINVAL: 'invalid argument',
  ENETUNREACH: 'network is unreachable',
  EPERM: 'operation not permitted',
  EPIPE: 'broken pipe',
  ETIMEDOUT: 'connection timed out',
};

const FAILURES: Readonly<Record<string, NetworkFailure>> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EHOSTUNREACH: 'noRoute',
  ETIMEDOUT: 'timedOut',
};

/** Texts of clients whose request got no response. */
const NETWORK: readonly (readonly [NetworkFailure, RegExp])[] = [
  ['refused', /refused|ECONNREFUSED/i],
  ['timedOut', /deadline exceeded|timed out|i\/o timeout/i],
  ['noRoute', /no route/i],
  ['reset', /reset|EOF/i],
];

const RESOLVER: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'Temporary failure in name resolution',
  ENOTFOUND: 'no such host',
};

export function errnoText(error: NetError): string {
  return ERRNO[error.code ?? ''] ?? error.message;
}

/** Returns the kind of failure that a system call reports; undefined for the rare ones. */
export function networkFailure(error: NetError): { readonly kind: NetworkFailure } | undefined {
  const kind = FAILURES[(error.errors?.[0] ?? error).code ?? ''];
  return kind && { kind };
}

/** Returns what a client reports about its connection; undefined if it reports nothing of the kind. */
export function networkFailureIn(text: string): NetworkFailure | undefined {
  return NETWORK.find(([, pattern]) => pattern.test(text))?.[0];
}

/** Returns whether the connection failed. */
export function isDialError(error: NetError): boolean {
  return ['connect', 'getaddrinfo'].includes((error.errors?.[0] ?? error).syscall ?? '');
}

/** Returns why the connection failed, in Go's words: `dial tcp 10.0.0.5:5432: connect: connection refused`. */
export function dialErrorText(error: NetError): string {
  const [first = error] = error.errors ?? [];
  if (first.syscall === 'getaddrinfo') {
    return `dial tcp: lookup ${first.hostname}: ${RESOLVER[first.code ?? ''] ?? first.message}`;
  }
  const to = first.address === undefined ? '' : ` ${joinHostPort(first.address, first.port ?? 0)}`;
  return `dial tcp${to}: connect: ${errnoText(first)}`;
}

/** Returns the error of an address without a listener. */
export function connectionRefused(address: string, port: number): string {
  return dialErrorText({ message: '', code: 'ECONNREFUSED', syscall: 'connect', address, port });
}
