import type { Pod } from '../../../manifest/model';
import type { Mount } from '../containers/mount';
import type { CreateOptions } from '../engine/docker';
import { OWN_CONTAINER, OWN_USER } from '../helper/ownContainer';

/**
 * Returns true if the sandbox cannot hold the pod's volumes: in a shared PID namespace a process of the pod could reach
 * them through `/proc/1/root`, and replace what the engine mounts next by a link to a path of its machine.
 */
export function needsHolder({ spec }: Pod): boolean {
  return spec.shareProcessNamespace === true || spec.hostPID === true;
}

/** Options of the container that then holds the volumes, in namespaces that it shares with no other. */
export function holderOptions(
  placement: { readonly name: string; readonly image: string; readonly labels: Readonly<Record<string, string>> },
  mounts: readonly Mount[],
): CreateOptions {
  return {
    name: placement.name,
    Image: placement.image,
    Labels: { ...placement.labels },
    User: OWN_USER,
    HostConfig: { ...OWN_CONTAINER, NetworkMode: 'none', IpcMode: 'private', Mounts: [...mounts] },
  };
}
