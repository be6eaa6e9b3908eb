import type { Container, Pod } from '../../manifest/model';

/** The same pod with one of its containers changed. */
export function withContainer(pod: Pod, name: string, change: (container: Container) => Container): Pod {
  const { spec } = pod;
  const changed = (each: Container): Container => (each.name === name ? change(each) : each);
  return {
    ...pod,
    spec: { ...spec, initContainers: spec.initContainers.map(changed), containers: spec.containers.map(changed) },
  };
}

/** The same pod with so much time to end. */
export function withGrace({ spec, ...pod }: Pod, seconds: number): Pod {
  return { ...pod, spec: { ...spec, terminationGracePeriodSeconds: seconds } };
}
