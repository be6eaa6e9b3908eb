import type { Container, Pod } from '../../manifest/model';

/** Change of the pod that an experiment needs. */
export interface PodChange {
  readonly kind: 'withoutLiveness';
  readonly container: string;
}

/** Returns the pod with that change. */
export function changePod(pod: Pod, change: PodChange | undefined): Pod {
  if (!change) return pod;
  return withContainer(pod, change.container, ({ livenessProbe: _, ...rest }) => rest);
}

/** Returns the pod with one of its containers changed. */
export function withContainer(pod: Pod, name: string, change: (container: Container) => Container): Pod {
  const { spec } = pod;
  const changeOne = (each: Container): Container => (each.name === name ? change(each) : each);
  return {
    ...pod,
    spec: { ...spec, initContainers: spec.initContainers.map(changeOne), containers: spec.containers.map(changeOne) },
  };
}

/** Returns the pod with that grace period. */
export function withGrace({ spec, ...pod }: Pod, seconds: number): Pod {
  return { ...pod, spec: { ...spec, terminationGracePeriodSeconds: seconds } };
}
