import type { CreateOptions } from '../engine/docker';

export type Mount = NonNullable<NonNullable<CreateOptions['HostConfig']>['Mounts']>[number];

/** The mounts of a container. */
export interface Mounts {
  readonly Mounts: Mount[];
  readonly Binds: string[];
}

/** Source: Docker Engine API, version history: `Mounts[].VolumeOptions.Subpath`, with Docker 26. */
const SUBPATH_SINCE = 45;

/** A volume of the engine. */
export interface EngineVolume {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Returns a mount of a volume that starts empty, even if the image has files at its path. A container that is created
 * while its pod is being removed creates the volume again, and only the labels show its owner.
 */
export function wholeVolume({ name, labels }: EngineVolume, target: string, isReadOnly: boolean): Mount {
  // The client's types require more than the engine does.
  const VolumeOptions = { NoCopy: true, Labels: { ...labels } } as NonNullable<Mount['VolumeOptions']>;
  return { Type: 'volume', Source: name, Target: target, ReadOnly: isReadOnly, VolumeOptions };
}

/** Returns true if an engine with this API version can mount a part of a volume. */
export function mountsParts(apiVersion: string): boolean {
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number);
  return major > 1 || minor >= SUBPATH_SINCE;
}

/**
 * Returns a mount of a new volume that is removed with its container. The volume starts with the image's files at its
 * path.
 */
export function anonymousVolume(labels: Readonly<Record<string, string>>, target: string): Mount {
  // The client's types require more than the engine does.
  const VolumeOptions = { Labels: { ...labels } } as NonNullable<Mount['VolumeOptions']>;
  return { Type: 'volume', Target: target, VolumeOptions } as Mount;
}

export function partOfVolume(volume: EngineVolume, part: string, target: string, isReadOnly: boolean): Mount {
  const { VolumeOptions, ...whole } = wholeVolume(volume, target, isReadOnly);
  return { ...whole, VolumeOptions: { ...VolumeOptions, Subpath: part } as typeof VolumeOptions };
}

/** Returns a mount of a path on the engine's machine. */
export function pathOfHost(source: string, target: string, isReadOnly: boolean): Mount {
  return { Type: 'bind', Source: source, Target: target, ReadOnly: isReadOnly };
}
