import type { SimulatedPod } from 'jest-kubelet';
import type { EventKind } from '../../../src/timeline/event';

/**
 * Returns the manifest of a pod with the container `web`. Both arguments are YAML with one field a line: fields of the
 * container, and of the pod's spec.
 */
export function web(container = '', spec = ''): string {
  const indent = (yaml: string, by: number) => yaml.trim().replaceAll(/^\s*/gm, ' '.repeat(by));
  return `
apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
${indent(spec, 2)}
  containers:
    - name: web
      image: shop/web:1
${indent(container, 6)}
`;
}

/** Returns when this kind of event happened, in seconds since the pod was created. */
export function secondsOf(pod: SimulatedPod, kind: EventKind): number[] {
  return pod.timeline.of(kind).map(({ at }) => at / 1000);
}
