import type { ProbeOutcome } from '../../kubelet/state/protocol';
import type { HandlerFailure } from '../../timeline/causes';

/** Result of a GET request, its redirects included. */
export type HTTPAnswer =
  /** `body` is its first 10 KiB. */
  | { readonly kind: 'Responded'; readonly status: number; readonly body: string; readonly location?: string }
  /** The head came, the body did not come whole. */
  | { readonly kind: 'BodyLost'; readonly message: string; readonly failure?: HandlerFailure }
  | { readonly kind: 'Failed'; readonly message: string; readonly failure?: HandlerFailure };

/**
 * Returns the outcome of an httpGet probe. Only a lost body is an error, which is ignored, so the probe never detects a
 * server that hangs after it sent its headers.
 *
 * Source: probe/http/http.go `DoHTTPProbe`.
 */
export function judgeHTTP(answer: HTTPAnswer): ProbeOutcome {
  switch (answer.kind) {
    case 'Failed':
      return { result: 'Failure', output: answer.message, ...failureOf(answer) };
    case 'BodyLost':
      return { result: 'Errored', state: 'failure', output: answer.message, ...failureOf(answer) };
    case 'Responded':
      return judgeStatus(answer);
  }
}

function judgeStatus({ status, body, location }: Extract<HTTPAnswer, { kind: 'Responded' }>): ProbeOutcome {
  if (status >= 200 && status < 300) return { result: 'Success', output: body };
  if (status >= 300 && status < 400) {
    const output = `Probe terminated redirects, Response body: ${body}`;
    return { result: 'Warning', output, ...(location !== undefined && { redirectedTo: location }) };
  }
  const response = firstLine(body);
  const output = `HTTP probe failed with statuscode: ${status}`;
  return { result: 'Failure', output, failure: { kind: 'status', status }, ...(response !== '' && { response }) };
}

function failureOf({ failure }: { readonly failure?: HandlerFailure }) {
  return failure && { failure };
}

const LINE_MAX = 200;

/** Returns enough to show what the app printed: its first line that is not empty. */
function firstLine(body: string): string {
  const line = body.split(/\r?\n/).find((one) => one.trim() !== '') ?? '';
  return line.trim().slice(0, LINE_MAX);
}

/** Returns whether an HTTPS request was answered in plain HTTP. Source: lifecycle/handlers.go `isHTTPResponseError`. */
export function isHTTPResponseError(answer: HTTPAnswer): boolean {
  return answer.kind === 'Failed' && answer.message.includes(HTTP_ANSWER_TO_HTTPS);
}

export const HTTP_ANSWER_TO_HTTPS = 'server gave HTTP response to HTTPS client';
