/** Returns the assumption of a result about the endpoints, for the end of its sentence. */
export function formatAssumed(isAssumed: boolean): string {
  return isAssumed ? ', assuming a Service that selects it' : '';
}
