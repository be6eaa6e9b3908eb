import { inspect } from 'node:util';

/** The newest patch that is known of each minor version, by its minor number. */
const NEWEST_PATCH: ReadonlyMap<number, number> = new Map([
  [25, 16],
  [26, 15],
  [27, 16],
  [28, 15],
  [29, 15],
  [30, 14],
  [31, 14],
  [32, 13],
  [33, 13],
  [34, 10],
  [35, 8],
  [36, 5],
  [37, 2],
]);

/** The minor versions whose kubelet and API server can be simulated, oldest first. Each of their patches can be too. */
export const KUBERNETES_VERSIONS: readonly string[] = [...NEWEST_PATCH.keys()].map((minor) => `1.${minor}`);

/** The version that is simulated by default. */
export const NEWEST_VERSION = KUBERNETES_VERSIONS.at(-1) as string;

/** A Kubernetes version in numbers. */
export interface Version {
  readonly minor: number;
  readonly patch: number;
}

/** Returns a version in numbers: `1.36` is its newest known patch, and a version without a minor is newer than any. */
export function parseVersion(kubernetesVersion: string): Version {
  const [, minor, patch] = kubernetesVersion.split('.');
  if (minor === undefined) return { minor: Number.POSITIVE_INFINITY, patch: 0 };
  return { minor: Number(minor), patch: patch === undefined ? newestPatchOf(Number(minor)) : Number(patch) };
}

function newestPatchOf(minor: number): number {
  return NEWEST_PATCH.get(minor) ?? Number.POSITIVE_INFINITY;
}

/**
 * Returns whether a version is another one, or came after it. A patch that came out later but belongs to an older minor
 * did not.
 */
export function isAtLeast(version: Version, since: Version): boolean {
  return version.minor === since.minor ? version.patch >= since.patch : version.minor > since.minor;
}

/** Returns the minor version, which decides the behavior; a version without one is newer than any. */
export function minorOf(kubernetesVersion: string): number {
  return parseVersion(kubernetesVersion).minor;
}

/**
 * Returns the version if its API server and kubelet can be simulated.
 *
 * @throws RangeError if it cannot be simulated.
 * @throws TypeError if it is not a string, because 1.30 is 1.3 as a number.
 */
export function checkVersion(kubernetesVersion: unknown): string {
  if (typeof kubernetesVersion !== 'string')
    throw new TypeError(`kubernetesVersion must be a string such as '1.36', received ${inspect(kubernetesVersion)}`);
  const fault = checkVersionText(kubernetesVersion);
  if (fault !== undefined) throw new RangeError(`kubernetesVersion ${fault}`);
  return kubernetesVersion;
}

/** Returns why a version cannot be simulated, without its name, and undefined if it can. */
export function checkVersionText(kubernetesVersion: string): string | undefined {
  const [, minor = '', patch] = /^1\.([1-9]\d*)(?:\.(0|[1-9]\d*))?$/.exec(kubernetesVersion) ?? [];
  const newest = NEWEST_PATCH.get(Number(minor));
  if (newest === undefined) {
    const [oldest] = KUBERNETES_VERSIONS;
    return `must be ${oldest} to ${NEWEST_VERSION} or one of their patches such as 1.36.3, received ${JSON.stringify(kubernetesVersion)}`;
  }
  if (patch === undefined || Number(patch) <= newest) return undefined;
  return `must be at most 1.${minor}.${newest}, the newest known patch of 1.${minor}, received ${JSON.stringify(kubernetesVersion)}. Use '1.${minor}'`;
}
