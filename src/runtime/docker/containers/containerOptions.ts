import path from 'node:path/posix';
import type { Container, Pod } from '../../../manifest/model';
import { expand } from '../../../manifest/values/expansion';
import { limitsOf } from '../../../manifest/values/podLimits';
import type { CreateOptions } from '../engine/docker';
import type { ImageConfig } from '../images/images';
import { cpuShares, engineLimits } from './limits';
import { anonymousVolume, type Mount, type Mounts } from './mount';
import { PIDS_MAX } from './pidsLimit';
import { securityOptions } from './securityOptions';

export interface Placement {
  readonly name: string;
  readonly pod: Pod;
  readonly sandboxId: string;
  /** The pod's hostname, if sharing the sandbox's network does not share its name. Docker rejects it otherwise. */
  readonly hostname?: string | undefined;
  /** The settings that the image declares. */
  readonly image: ImageConfig;
  readonly labels: Readonly<Record<string, string>>;
  /** The mounts of the pod's volumes. */
  readonly mounts?: Mounts;
  /** The file for its termination message. */
  readonly log?: Mount | undefined;
}

/**
 * Returns the options for one instance of a container, in the sandbox's network and IPC namespaces. The engine may not
 * restart, check or remove it, nor run its own init process; `env` are the container's variables with their values.
 */
export function containerOptions(
  container: Container,
  env: Readonly<Record<string, string>>,
  placement: Placement,
): CreateOptions {
  const { name, pod, sandboxId, hostname, image, labels } = placement;
  const { HostConfig: privileges, ...user } = securityOptions(pod, container, image);
  const { requests } = container.resources ?? {};
  return {
    name,
    Image: container.image,
    Labels: { ...labels },
    Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
    Healthcheck: { Test: ['NONE'] },
    // The image's own values apply to absent fields. A command alone also drops the image's arguments, here and on a
    // node.
    ...(container.command?.length && { Entrypoint: expand(container.command, env) }),
    ...(container.args?.length && { Cmd: expand(container.args, env) }),
    ...(container.workingDir && { WorkingDir: container.workingDir }),
    ...(container.lifecycle?.stopSignal && { StopSignal: container.lifecycle.stopSignal }),
    ...user,
    ...(hostname !== undefined && { Hostname: hostname }),
    HostConfig: {
      NetworkMode: `container:${sandboxId}`,
      IpcMode: pod.spec.hostIPC ? 'host' : `container:${sandboxId}`,
      ...processNamespace(pod, sandboxId),
      ...allMounts(placement),
      RestartPolicy: { Name: 'no' },
      AutoRemove: false,
      Init: false,
      PidsLimit: PIDS_MAX,
      ...engineLimits(limitsOf(container, pod.spec)),
      ...cpuShares(requests?.cpu),
      ...privileges,
    },
  };
}

/**
 * Returns the PID namespace. In a shared one, the sandbox's program is PID 1, so that a SIGTERM ends the containers'
 * processes that do not handle it.
 */
function processNamespace({ spec }: Pod, sandboxId: string): CreateOptions['HostConfig'] {
  if (spec.hostPID) return { PidMode: 'host' };
  return spec.shareProcessNamespace ? { PidMode: `container:${sandboxId}` } : {};
}

/**
 * Returns the pod's mounts and a volume for each path that the image declares as one. The engine would create those
 * too, but without our labels, and nothing would remove them after a crash.
 */
function allMounts({ image, labels, mounts, log }: Placement): CreateOptions['HostConfig'] {
  const given = [...(mounts?.Mounts ?? []), ...(log ? [log] : [])];
  const binds = mounts?.Binds ?? [];
  const taken = new Set(
    [...given.map(({ Target }) => Target), ...binds.map((bind) => bind.split(':')[1] ?? '')].map(clean),
  );
  const declared = (image.volumes ?? []).filter((place) => !taken.has(clean(place)));
  const all = [...given, ...declared.map((place) => anonymousVolume(labels, place))];
  return { ...(binds.length > 0 && { Binds: [...binds] }), ...(all.length > 0 && { Mounts: all }) };
}

function clean(place: string): string {
  return path.resolve('/', place);
}
