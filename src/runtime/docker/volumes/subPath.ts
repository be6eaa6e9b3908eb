import type { VolumeMount } from '../../../manifest/model';

const REFERENCE = /\$(?:\$|\(([^)]*)\))/g;

/**
 * Which part of the volume a mount shows, with the container's variables put in; undefined for all of it.
 *
 * @throws Error as the kubelet words it: the container waits with `CreateContainerConfigError`.
 *
 * Source: kubelet_pods.go `makeMounts`; container/helpers.go `ExpandContainerVolumeMounts`.
 */
export function subPathOf(
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

/** Unlike in a command, a variable that is missing or empty is an error here. */
function expandAll(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(REFERENCE, (_, name: string | undefined) => {
    if (name === undefined) return '$';
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (!value) throw new Error(`missing value for "${name}"`);
    return value;
  });
}
