import type { Container, Pod } from '../../../manifest/model';
import { parseImageUser } from '../../runAsNonRoot';
import type { CreateOptions } from '../engine/docker';
import type { ImageConfig } from '../images/images';

/**
 * Returns the user, the groups and the privileges of a container. Its own settings override those of the pod, and a
 * group without a user is used with the image's user.
 *
 * Source: securitycontext/util.go `DetermineEffectiveSecurityContext`; kuberuntime/security_context.go
 * `determineEffectiveSecurityContext`.
 */
export function securityOptions({ spec }: Pod, container: Container, image: ImageConfig): CreateOptions {
  const { fsGroup, supplementalGroups = [] } = spec.securityContext ?? {};
  const own = container.securityContext ?? {};
  const { runAsUser, runAsGroup } = effective(spec, container);
  const groups = [...(fsGroup === undefined ? [] : [fsGroup]), ...supplementalGroups];
  const user = runAsUser ?? parseImageUser(image.user);
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

function effective(spec: Pod['spec'], container: Container) {
  return { ...spec.securityContext, ...container.securityContext };
}
