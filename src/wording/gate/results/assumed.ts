/** Returns the assumption of a result about the endpoints, to append to its sentence. */
export function formatAssumed(isAssumed: boolean): string {
  return isAssumed ? ', assuming a Service that selects the pod' : '';
}
