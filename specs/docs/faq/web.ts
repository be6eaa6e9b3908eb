import type { SimulatedPod } from 'jest-kubelet';
import type { EventKind } from '../../../src/timeline/event';

/**
 * The manifest of a pod with one container, `web`. Both arguments are YAML, of the container and of the pod's spec: a field
 * a line, whose value is in braces where it has parts.
 */
export function web(container = '', spec = ''): string {
  const indented = (yaml: string, by: number) => yaml.trim().replaceAll(/^\s*/gm, ' '.repeat(by));
  return `
apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
${indented(spec, 2)}
  containers:
    - name: web
      image: shop/web:1
${indented(container, 6)}
`;
}

/** When that happened in a pod's life, in seconds. */
export function secondsOf(pod: SimulatedPod, kind: EventKind): number[] {
  return pod.timeline.of(kind).map(({ at }) => at / 1000);
}
