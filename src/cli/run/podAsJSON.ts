import { jsonText } from '../../escaping/json';
import type { HeldPod } from './heldPod';

/** The pod as `kubectl get pod -o json` shows it: as it runs, and what has become of it so far. */
export function podAsJSON({ pod: { metadata, spec }, status }: HeldPod): string {
  return jsonText({ apiVersion: 'v1', kind: 'Pod', metadata, spec: shown(spec), status: shown(status) }, 2);
}

/** The API leaves out lists that are empty. */
function shown(part: object): object {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));
}
