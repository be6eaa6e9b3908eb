import type { Pace } from './schedule';

/** Result of one request: the status of the response, and why it counts as dropped if it does. */
export interface RequestResult {
  readonly status?: number;
  readonly failure?: string;
  /** True if nothing listens on the port. */
  readonly isRefused?: true;
}

/** Result for a pod that has terminated: waiting for the client's timeout would show nothing more. */
export const POD_GONE: RequestResult = { failure: 'found the pod gone' };

/** Returns the result of a response, which counts as dropped if the server declares its own fault. */
export function makeAnswered(status: number): RequestResult {
  return { status, ...(status >= 500 && { failure: `answered ${status}` }) };
}

/** Requests that a client sends to a pod. */
export interface RequestsOrder extends Pace {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  /** The path with its query; begins with a slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Over everything: connecting, the answer, its body. */
  readonly timeoutMs: number;
}
