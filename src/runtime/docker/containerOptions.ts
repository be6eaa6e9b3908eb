import { expand } from '../../manifest/expansion';
import type { Container, Pod } from '../../manifest/model';
import { parseQuantity } from '../../manifest/quantity';
import type { Docker } from './engine';
import type { ImageConfig } from './images';
import type { Mount, Mounts } from './mount';
import { securityOptions } from './securityOptions';

export type CreateOptions = Parameters<Docker['createContainer']>[0];

export interface Placement {
  readonly name: string;
  readonly pod: Pod;
  readonly sandboxId: string;
  /** What the image says of itself. */
  readonly image: ImageConfig;
  readonly labels: Readonly<Record<string, string>>;
  /** What it is given of the pod's volumes. */
  readonly mounts?: Mounts;
  /** The file for its termination message. */
  readonly log?: Mount | undefined;
}

const CPU_PERIOD_US = 100_000;
const CPU_QUOTA_MIN_US = 1_000;
const CPU_SHARES_PER_CPU = 1_024n;
const CPU_SHARES_MIN = 2;
const CPU_SHARES_MAX = 262_144;
const NANOS = 1_000_000_000n;

/**
 * What the engine is asked for to run one instance of a container: in the sandbox's network and IPC namespaces, with
 * whatever else would restart, check or remove it switched off, and no init process put in front of its own. `env` are
 * the container's variables with their values.
 */
export function containerOptions(
  container: Container,
  env: Readonly<Record<string, string>>,
  { name, pod, sandboxId, image, labels, mounts, log }: Placement,
): CreateOptions {
  const { HostConfig: privileges, ...user } = securityOptions(pod, container, image);
  const { limits, requests } = container.resources ?? {};
  return {
    name,
    Image: container.image,
    Labels: { ...labels },
    Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
    Healthcheck: { Test: ['NONE'] },
    // Left out they are the image's own; a command alone drops the image's arguments too, in both worlds.
    ...(container.command?.length && { Entrypoint: expand(container.command, env) }),
    ...(container.args?.length && { Cmd: expand(container.args, env) }),
    ...(container.workingDir && { WorkingDir: container.workingDir }),
    ...(container.lifecycle?.stopSignal && { StopSignal: container.lifecycle.stopSignal }),
    ...user,
    HostConfig: {
      NetworkMode: `container:${sandboxId}`,
      IpcMode: pod.spec.hostIPC ? 'host' : `container:${sandboxId}`,
      ...processNamespace(pod, sandboxId),
      ...mounts,
      ...(log && { Mounts: [...(mounts?.Mounts ?? []), log] }),
      RestartPolicy: { Name: 'no' },
      AutoRemove: false,
      Init: false,
      ...memory(limits?.memory),
      ...cpu(limits?.cpu),
      ...cpuShares(requests?.cpu),
      ...privileges,
    },
  };
}

/** Shared, it is the sandbox whose program is PID 1: the containers' own die of a SIGTERM they do not handle. */
function processNamespace({ spec }: Pod, sandboxId: string): CreateOptions['HostConfig'] {
  if (spec.hostPID) return { PidMode: 'host' };
  return spec.shareProcessNamespace ? { PidMode: `container:${sandboxId}` } : {};
}

/** Without swap, as on a node: what exceeds the limit is killed. */
function memory(limit: string | undefined): CreateOptions['HostConfig'] {
  const bytes = amount(limit, 1n);
  return bytes === undefined ? {} : { Memory: bytes, MemorySwap: bytes };
}

/** Source: pkg/kubelet/cm/helpers_linux.go `MilliCPUToQuota`. */
function cpu(limit: string | undefined): CreateOptions['HostConfig'] {
  const quota = amount(limit, BigInt(CPU_PERIOD_US));
  return quota === undefined ? {} : { CpuPeriod: CPU_PERIOD_US, CpuQuota: Math.max(quota, CPU_QUOTA_MIN_US) };
}

/**
 * Where nothing is requested the engine's own default stays: the kubelet's 2 shares would put the container behind
 * whatever else this machine runs, and a node reserves what others request.
 *
 * Source: pkg/kubelet/cm/helpers_linux.go `MilliCPUToShares`.
 */
function cpuShares(request: string | undefined): CreateOptions['HostConfig'] {
  const shares = amount(request, CPU_SHARES_PER_CPU);
  return shares ? { CpuShares: Math.min(Math.max(shares, CPU_SHARES_MIN), CPU_SHARES_MAX) } : {};
}

function amount(written: string | undefined, per: bigint): number | undefined {
  const quantity = written === undefined ? undefined : parseQuantity(written);
  return quantity && Number((quantity.nanos * per) / NANOS);
}
