import type { Container, Pod } from '../../manifest/model';
import type { CreateOptions } from './containerOptions';
import type { ImageConfig } from './images';

const ROOT = '0';

/**
 * What the engine is told of a container's user, groups and privileges: what the container says itself goes before what
 * the pod says for all. A group without a user goes with the image's user.
 *
 * Source: securitycontext/util.go `DetermineEffectiveSecurityContext`; kuberuntime/security_context.go
 * `determineEffectiveSecurityContext`.
 */
export function securityOptions({ spec }: Pod, container: Container, image: ImageConfig): CreateOptions {
  const { fsGroup, supplementalGroups = [] } = spec.securityContext ?? {};
  const own = container.securityContext ?? {};
  const { runAsUser, runAsGroup } = effective(spec, container);
  const groups = [...(fsGroup === undefined ? [] : [fsGroup]), ...supplementalGroups];
  const user = runAsUser ?? userOf(image);
  return {
    ...(runAsGroup === undefined ? runAsUser !== undefined && { User: `${user}` } : { User: `${user}:${runAsGroup}` }),
    HostConfig: {
      ...(groups.length > 0 && { GroupAdd: groups.map(String) }),
      ...(own.capabilities?.add?.length && { CapAdd: [...own.capabilities.add] }),
      ...(own.capabilities?.drop?.length && { CapDrop: [...own.capabilities.drop] }),
      ...(own.privileged && { Privileged: true }),
      ...(own.readOnlyRootFilesystem && { ReadonlyRootfs: true }),
      ...(own.allowPrivilegeEscalation === false && { SecurityOpt: ['no-new-privileges'] }),
    },
  };
}

/**
 * Why a container that must not run as root might do so; undefined where it cannot, or may.
 *
 * Source: kuberuntime/security_context_others.go `verifyRunAsNonRoot`, kuberuntime_image.go `getImageUser`.
 */
export function verifyRunAsNonRoot(
  { metadata, spec }: Pod,
  container: Container,
  image: ImageConfig,
): string | undefined {
  const { runAsNonRoot, runAsUser } = effective(spec, container);
  if (!runAsNonRoot) return undefined;
  const which = `(pod: "${metadata.name}_${metadata.namespace}(${metadata.uid})", container: ${container.name})`;
  if (runAsUser !== undefined) {
    return runAsUser === 0 ? `container's runAsUser breaks non-root policy ${which}` : undefined;
  }
  const user = userOf(image);
  if (!/^[+-]?\d+$/.test(user)) {
    return `container has runAsNonRoot and image has non-numeric user (${user}), cannot verify user is non-root ${which}`;
  }
  return Number(user) === 0 ? `container has runAsNonRoot and image will run as root ${which}` : undefined;
}

function effective(spec: Pod['spec'], container: Container) {
  return { ...spec.securityContext, ...container.securityContext };
}

/** An image says `user`, `user:group` or nothing, by name or by number. */
function userOf({ user = '' }: ImageConfig): string {
  return user.split(':')[0] || ROOT;
}
