import type { CreateOptions } from './containerOptions';

export type Mount = NonNullable<NonNullable<CreateOptions['HostConfig']>['Mounts']>[number];

/** What a container is given of the pod's volumes. */
export interface Mounts {
  readonly Mounts: Mount[];
  readonly Binds: string[];
}

/** Source: Docker Engine API, version history: `Mounts[].VolumeOptions.Subpath`, with Docker 26. */
const SUBPATH_SINCE = 45;

// A volume starts empty, whatever the image has at its place. The client's types ask for more than the engine does.
const NO_COPY = { NoCopy: true } as NonNullable<Mount['VolumeOptions']>;

export function wholeVolume(volume: string, target: string, isReadOnly: boolean): Mount {
  return { Type: 'volume', Source: volume, Target: target, ReadOnly: isReadOnly, VolumeOptions: NO_COPY };
}

/** Whether an engine can mount a part of a volume, by the version of its API. */
export function mountsParts(apiVersion: string): boolean {
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number);
  return major > 1 || minor >= SUBPATH_SINCE;
}

export function partOfVolume(volume: string, part: string, target: string, isReadOnly: boolean): Mount {
  return { ...wholeVolume(volume, target, isReadOnly), VolumeOptions: { ...NO_COPY, Subpath: part } };
}

/** A path of the engine's own machine. */
export function pathOfHost(source: string, target: string, isReadOnly: boolean): Mount {
  return { Type: 'bind', Source: source, Target: target, ReadOnly: isReadOnly };
}
