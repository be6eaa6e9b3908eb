import type { CreateOptions } from '../engine/docker';

export type Mount = NonNullable<NonNullable<CreateOptions['HostConfig']>['Mounts']>[number];

/** What a container is given of the pod's volumes. */
export interface Mounts {
  readonly Mounts: Mount[];
  readonly Binds: string[];
}

/** Source: Docker Engine API, version history: `Mounts[].VolumeOptions.Subpath`, with Docker 26. */
const SUBPATH_SINCE = 45;

/** A volume as the engine knows it. */
export interface EngineVolume {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * A volume starts empty, whatever the image has at its place. A container that is created while its pod is being removed
 * makes it anew, and only the labels tell what that belongs to.
 */
export function wholeVolume({ name, labels }: EngineVolume, target: string, isReadOnly: boolean): Mount {
  // The client's types ask for more than the engine does.
  const VolumeOptions = { NoCopy: true, Labels: { ...labels } } as NonNullable<Mount['VolumeOptions']>;
  return { Type: 'volume', Source: name, Target: target, ReadOnly: isReadOnly, VolumeOptions };
}

/** Whether an engine can mount a part of a volume, by the version of its API. */
export function mountsParts(apiVersion: string): boolean {
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number);
  return major > 1 || minor >= SUBPATH_SINCE;
}

/** A volume of the engine's choice that goes with its container. It starts with what the image has at its place. */
export function anonymousVolume(labels: Readonly<Record<string, string>>, target: string): Mount {
  // The client's types ask for more than the engine does.
  const VolumeOptions = { Labels: { ...labels } } as NonNullable<Mount['VolumeOptions']>;
  return { Type: 'volume', Target: target, VolumeOptions } as Mount;
}

export function partOfVolume(volume: EngineVolume, part: string, target: string, isReadOnly: boolean): Mount {
  const { VolumeOptions, ...whole } = wholeVolume(volume, target, isReadOnly);
  return { ...whole, VolumeOptions: { ...VolumeOptions, Subpath: part } as typeof VolumeOptions };
}

/** A path of the engine's own machine. */
export function pathOfHost(source: string, target: string, isReadOnly: boolean): Mount {
  return { Type: 'bind', Source: source, Target: target, ReadOnly: isReadOnly };
}
