import type { Pod } from '../../../src/manifest/model';

/** Options of a matcher for one container. */
export interface OneContainerOptions {
  /** Name of the container. You need it only if the pod has several. */
  readonly container?: string | undefined;
}

/** Returns the problem if no container is named and the pod has several. */
export function oneContainer({ container }: OneContainerOptions, { metadata, spec }: Pod): string | undefined {
  if (container !== undefined || spec.containers.length === 1) return undefined;
  const names = spec.containers.map(({ name }) => name);
  const choice = `Choose one, for example { container: '${names[0]}' }`;
  return `pod ${metadata.name} has ${names.length} containers: ${names.join(', ')}. ${choice}`;
}

/** Returns the named container, or else the first one. */
export function theContainer(named: string | undefined, { spec }: Pod): string {
  return named ?? spec.containers[0]?.name ?? '';
}
