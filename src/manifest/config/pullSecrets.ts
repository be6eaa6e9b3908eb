import type { Pod } from '../model';
import { type Config, findNamed } from './config';

/**
 * Returns the names of a pod's `imagePullSecrets` that are not in its namespace.
 *
 * Source: kubelet_pods.go `getPullSecretsForPod`.
 */
export function missingPullSecrets({ spec }: Pod, { secrets }: Config): string[] {
  return (spec.imagePullSecrets ?? []).flatMap(({ name = '' }) =>
    name === '' || findNamed(secrets, name) !== undefined ? [] : [name],
  );
}
