import type { Pace } from './schedule';

/** What came of one request: the answer's status, and why it counts as dropped if it does. */
export interface RequestResult {
  readonly status?: number;
  readonly failure?: string;
  /** True if nothing listens on the port. */
  readonly isRefused?: true;
}

/** Of a pod that is gone nobody answers: that a client would wait for its time-out all the same shows nothing more. */
export const POD_GONE: RequestResult = { failure: 'found the pod gone' };

/** An answer counts as dropped when the server says that it is its own fault. */
export function answered(status: number): RequestResult {
  return { status, ...(status >= 500 && { failure: `answered ${status}` }) };
}

/** What a client asks a pod for. */
export interface RequestsOrder extends Pace {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  /** With its query; begins with a slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Over everything: connecting, the answer, its body. */
  readonly timeoutMs: number;
}
