import type { Pod } from '../../../src/manifest/model';
import { listWords } from './options';

/** Options of a matcher for one container. */
export interface OfOne {
  /** Name of the container. You need it only if the pod has several. */
  readonly container?: string | undefined;
}

/** What is wrong with naming none. */
export function oneContainer({ container }: OfOne, { metadata, spec }: Pod): string | undefined {
  if (container !== undefined || spec.containers.length === 1) return undefined;
  const names = spec.containers.map(({ name }) => name);
  return `pod ${metadata.name} has several containers; say which, as in { container: '${names[0]}' }: ${listWords(names)}`;
}

/** The container that is meant. */
export function theContainer(named: string | undefined, { spec }: Pod): string {
  return named ?? spec.containers[0]?.name ?? '';
}
