import type { DownwardAPIFile, KeyToPath, PodSpec, Volume, VolumeProjection } from '../model';
import { type Config, type ConfigKind, type Content, type Entries, findNamed } from './config';
import { fieldValue, type Resolved, resourceValue, type Unresolved } from './downwardAPI';
import { objectNotFound, type PodSurroundings } from './environment';

/** A file of a volume. */
export interface VolumeFile {
  /** Within the volume; may have directories. */
  readonly path: string;
  /** Permissions, as `chmod` takes them. */
  readonly mode: number;
  readonly content: Content;
}

const DEFAULT_MODE = 0o644;

/**
 * Returns the files of a volume of configuration, or why it cannot be mounted: the pod then stays `ContainerCreating`.
 * Returns undefined for a volume of another kind.
 *
 * Source: pkg/volume/configmap, pkg/volume/secret `MakePayload`; pkg/volume/downwardapi `CollectData`;
 * pkg/volume/projected `collectData`.
 */
export function volumeContent(volume: Volume, around: PodSurroundings): Resolved<readonly VolumeFile[]> | undefined {
  const { configMap, secret, downwardAPI, projected } = volume;
  const source = configMap ?? secret ?? downwardAPI ?? projected;
  if (!source) return undefined;
  const mode = source.defaultMode ?? DEFAULT_MODE;
  if (projected) return filesOfAll(projected.sources ?? [], mode, around);
  if (secret) return filesOf({ secret: { ...secret, name: secret.secretName } }, mode, around);
  return filesOf({ ...(configMap && { configMap }), ...(downwardAPI && { downwardAPI }) }, mode, around);
}

/**
 * Returns the volumes that a container mounts; the others have no effect.
 * Source: volume_manager.go `getExpectedVolumes`.
 */
export function mountedVolumes({ initContainers, containers, volumes = [] }: PodSpec): readonly Volume[] {
  if (volumes.length === 0) return volumes;
  const mounts = [...initContainers, ...containers].flatMap(({ volumeMounts = [] }) => volumeMounts);
  const mounted = new Set(mounts.map(({ name }) => name));
  return volumes.filter(({ name }) => mounted.has(name));
}

/**
 * Returns the messages of the events about volumes that cannot be mounted, and what they lack.
 * Source: operation_generator.go `GenerateMountVolumeFunc`.
 */
export function mountFailures(around: PodSurroundings): Unresolved[] {
  return mountedVolumes(around.pod.spec).flatMap((volume) => {
    const content = volumeContent(volume, around);
    if (!content || 'value' in content) return [];
    const error = `MountVolume.SetUp failed for volume ${JSON.stringify(volume.name)} : ${content.error}`;
    return [{ ...content, error }];
  });
}

function filesOfAll(
  sources: readonly VolumeProjection[],
  mode: number,
  around: PodSurroundings,
): Resolved<readonly VolumeFile[]> {
  const all = sources.map((source) => filesOf(source, mode, around));
  const [first, ...more] = all.filter((one) => 'error' in one);
  if (first && more.length === 0) return first;
  if (first) return together([first, ...more]);
  return { value: lastOfEach(all.flatMap((one) => ('value' in one ? one.value : []))) };
}

function filesOf(
  { configMap, secret, downwardAPI }: VolumeProjection,
  mode: number,
  around: PodSurroundings,
): Resolved<readonly VolumeFile[]> {
  if (configMap) return filesOfObject(configMap, 'ConfigMap', mode, around.config.configMaps);
  if (secret) return filesOfObject(secret, 'Secret', mode, around.config.secrets);
  return downwardFiles(downwardAPI?.items ?? [], mode, around);
}

/** Source: apimachinery util/errors `NewAggregate`. */
function together(all: readonly Unresolved[]): Unresolved {
  const error = `[${all.map((one) => one.error).join(', ')}]`;
  const missing = all.find((one) => one.missing)?.missing;
  return { error, ...(missing && { missing }) };
}

const MISSING_KEY: Readonly<Record<ConfigKind, string>> = {
  ConfigMap: 'configmap references non-existent config key',
  Secret: 'references non-existent secret key',
};

function filesOfObject(
  { name, optional = false, items = [] }: { name: string; optional?: boolean; items?: readonly KeyToPath[] },
  kind: ConfigKind,
  defaultMode: number,
  objects: Config[keyof Config],
): Resolved<readonly VolumeFile[]> {
  const entries: Entries | undefined = findNamed(objects, name) ?? (optional ? {} : undefined);
  if (!entries) return objectNotFound(kind, name);
  if (items.length === 0) {
    return { value: Object.entries(entries).map(([path, content]) => ({ path, mode: defaultMode, content })) };
  }
  const missing = items.find(({ key }) => !Object.hasOwn(entries, key));
  if (missing && !optional) return { error: `${MISSING_KEY[kind]}: ${missing.key}`, missing: kind };
  return {
    value: items.flatMap(({ key, path, mode = defaultMode }) => {
      const content = findNamed(entries, key);
      return content === undefined ? [] : [{ path, mode, content }];
    }),
  };
}

function downwardFiles(
  items: readonly DownwardAPIFile[],
  defaultMode: number,
  { pod, node }: PodSurroundings,
): Resolved<readonly VolumeFile[]> {
  const files: VolumeFile[] = [];
  for (const { path, mode = defaultMode, fieldRef, resourceFieldRef } of items) {
    const found = fieldRef
      ? fieldValue(fieldRef, pod, node)
      : resourceFieldRef && resourceValue(resourceFieldRef, pod, undefined, node);
    if (!found) continue;
    if ('error' in found) return found;
    files.push({ path, mode, content: found.value });
  }
  return { value: files };
}

function lastOfEach(files: readonly VolumeFile[]): VolumeFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
