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

/** Throws a RangeError for a version that cannot be played. */
export function refuseUnknownVersion(kubernetesVersion: string): void {
  if (KUBERNETES_VERSIONS.includes(kubernetesVersion)) return;
  throw new RangeError(
    `kubernetesVersion: ${JSON.stringify(kubernetesVersion)}; it is one of 1.${OLDEST_MINOR} to 1.${NEWEST_MINOR}`,
  );
}
