import type { Container, Pod } from '../../../manifest/model';
import { userOf } from '../../runAsNonRoot';
import type { CreateOptions } from '../engine/docker';
import type { ImageConfig } from '../images/images';

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
  const user = runAsUser ?? userOf(image.user);
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
