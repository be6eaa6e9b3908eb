import { inspect } from 'node:util';
import { behaviorOf } from '../../kubelet';
import { NEWEST } from '../../manifest/values/apiServer';

/** The options that decide what an OOM kill ends, as a test gives them. */
interface OOMRule {
  readonly cgroup?: unknown;
  readonly singleProcessOOMKill?: unknown;
  readonly kubernetesVersion?: unknown;
}

/**
 * Checks the options for OOM kills.
 *
 * @throws TypeError if one is invalid.
 */
export function checkOOMRule({
  cgroup,
  singleProcessOOMKill,
  kubernetesVersion = NEWEST.kubernetesVersion,
}: OOMRule): void {
  if (cgroup !== undefined && cgroup !== 'v1' && cgroup !== 'v2')
    throw new TypeError(`cgroup must be 'v1' or 'v2', received ${inspect(cgroup)}`);
  if (singleProcessOOMKill === undefined) return;
  if (typeof singleProcessOOMKill !== 'boolean')
    throw new TypeError(`singleProcessOOMKill must be true or false, received ${inspect(singleProcessOOMKill)}`);
  if (typeof kubernetesVersion === 'string' && !behaviorOf(kubernetesVersion).singleProcessOOMKill)
    throw new TypeError(
      `singleProcessOOMKill needs Kubernetes 1.32 or later, and this is ${kubernetesVersion}. Leave it out`,
    );
}
