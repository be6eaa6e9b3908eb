import { inspect } from 'node:util';

const OLDEST_MINOR = 25;
const NEWEST_MINOR = 36;

/** The versions whose kubelet and API server can be played, oldest first. */
export const KUBERNETES_VERSIONS: readonly string[] = Array.from(
  { length: NEWEST_MINOR - OLDEST_MINOR + 1 },
  (_, index) => `1.${OLDEST_MINOR + index}`,
);

/** The minor version, by which behaviour is told apart; a version without one is newer than any. */
export function minorOf(kubernetesVersion: string): number {
  const minor = kubernetesVersion.split('.')[1];
  return minor === undefined ? Number.POSITIVE_INFINITY : Number(minor);
}

/** Throws a RangeError for a version that cannot be played, and a TypeError for what is no text: 1.30 is 1.3 as a number. */
export function refuseUnknownVersion(kubernetesVersion: unknown): void {
  if (typeof kubernetesVersion !== 'string')
    throw new TypeError(`kubernetesVersion must be a string such as '1.36', received ${inspect(kubernetesVersion)}`);
  if (KUBERNETES_VERSIONS.includes(kubernetesVersion)) return;
  throw new RangeError(
    `kubernetesVersion: ${JSON.stringify(kubernetesVersion)}; it is one of 1.${OLDEST_MINOR} to 1.${NEWEST_MINOR}`,
  );
}
