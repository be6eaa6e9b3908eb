import type { FailedStart } from '../kubelet/state/protocol';
import type { Container, Pod } from '../manifest/model';

const ROOT = '0';

/**
 * Returns why a container that must not run as root might run as root, or undefined if it cannot or may.
 *
 * Source: kuberuntime/security_context_others.go `verifyRunAsNonRoot`, kuberuntime_image.go `getImageUser`.
 */
export function verifyRunAsNonRoot(
  pod: Pod,
  container: Container,
  imageUser: string | undefined,
): FailedStart | undefined {
  const message = rootError(pod, container, imageUser);
  return message === undefined ? undefined : { message, failure: { kind: 'runAsNonRoot' } };
}

function rootError({ metadata, spec }: Pod, container: Container, imageUser: string | undefined): string | undefined {
  const { runAsNonRoot, runAsUser } = { ...spec.securityContext, ...container.securityContext };
  if (!runAsNonRoot) return undefined;
  const which = `(pod: "${metadata.name}_${metadata.namespace}(${metadata.uid})", container: ${container.name})`;
  if (runAsUser !== undefined) {
    return runAsUser === 0 ? `container's runAsUser breaks non-root policy ${which}` : undefined;
  }
  const user = parseImageUser(imageUser);
  if (!/^[+-]?\d+$/.test(user)) {
    return `container has runAsNonRoot and image has non-numeric user (${user}), cannot verify user is non-root ${which}`;
  }
  return Number(user) === 0 ? `container has runAsNonRoot and image will run as root ${which}` : undefined;
}

/** Returns the user of an image, which sets `user`, `user:group` or nothing, by name or by number. */
export function parseImageUser(imageUser: string | undefined): string {
  return imageUser?.split(':')[0] || ROOT;
}
