import { keptContainers, type Located } from '../../manifest/facts/parts';
import type { Container, PodSpec } from '../../manifest/model';
import type { Service } from '../../manifest/workload/services';
import { rule } from '../rule';

/** Source: prober_manager.go `UpdatePodStatus`: without a readiness probe a container is ready once it has started. */
export const noReadinessBehindService = rule('no-readiness-behind-service', ({ pod: { spec }, services }) => {
  const serving = new Map<string, { readonly at: Located<Container>; readonly service: Service }>();
  for (const service of services.filter(({ publishNotReadyAddresses }) => !publishNotReadyAddresses)) {
    for (const at of findServers(service, spec)) serving.set(at.container.name, { at, service });
  }
  return [...serving.values()].flatMap(({ at: { path, container }, service }) => {
    if (container.readinessProbe) return [];
    return [
      {
        path,
        severity: 'warning' as const,
        why: `Service ${JSON.stringify(service.name)} sends requests to the container. Without a readinessProbe it is Ready ${container.startupProbe ? 'once its startupProbe succeeds' : 'as soon as its process runs'}, until the process exits`,
        fix: `add a readinessProbe to container "${container.name}"`,
      },
    ];
  });
});

/**
 * Returns the containers that receive the Service's requests. If no port matches and no container has a readinessProbe,
 * that is the first container.
 */
function findServers({ ports }: Service, spec: PodSpec): readonly Located<Container>[] {
  const containers = keptContainers(spec);
  const known = containers.filter(({ container }) =>
    container.ports?.some(({ name, containerPort }) =>
      ports.some(({ targetPort }) => targetPort === containerPort || targetPort === name),
    ),
  );
  if (known.length > 0) return known;
  if (containers.some(({ container }) => container.readinessProbe)) return [];
  return containers.filter(({ path }) => String(path) === 'containers[0]');
}
