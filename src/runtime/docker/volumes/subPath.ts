import type { VolumeMount } from '../../../manifest/model';

const REFERENCE = /\$(?:\$|\(([^)]*)\))/g;

/**
 * Returns the part of the volume that a mount shows, with the container's variables expanded, or undefined for the
 * whole volume.
 *
 * Source: kubelet_pods.go `makeMounts`; container/helpers.go `ExpandContainerVolumeMounts`.
 *
 * @throws Error in the kubelet's words: the container waits with `CreateContainerConfigError`.
 */
export function expandSubPath(
  { subPath, subPathExpr }: VolumeMount,
  env: Readonly<Record<string, string>>,
): string | undefined {
  const path = subPathExpr ? expandAll(subPathExpr, env) : subPath;
  if (!path) return undefined;
  if (path.startsWith('/')) throw new Error(`error SubPath \`${path}\` must not be an absolute path`);
  const steps = path.split('/').filter((step) => step !== '' && step !== '.');
  if (steps.includes('..')) throw new Error(`unable to provision SubPath \`${path}\`: must not contain '..'`);
  return steps.join('/') || undefined;
}

/** Expands variables. Unlike in a command, a variable that is missing or empty is an error here. */
function expandAll(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(REFERENCE, (_, name: string | undefined) => {
    if (name === undefined) return '$';
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (!value) throw new Error(`missing value for "${name}"`);
    return value;
  });
}
