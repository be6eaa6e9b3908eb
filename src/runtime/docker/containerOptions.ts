import { expand } from '../../manifest/expansion';
import type { Container } from '../../manifest/model';
import { parseQuantity } from '../../manifest/quantity';
import type { Docker } from './engine';
import type { Mounts } from './mount';

export type CreateOptions = Parameters<Docker['createContainer']>[0];

export interface Placement {
  readonly name: string;
  readonly sandboxId: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What it is given of the pod's volumes. */
  readonly mounts?: Mounts;
}

const CPU_PERIOD_US = 100_000;
const CPU_QUOTA_MIN_US = 1_000;
const NANOS = 1_000_000_000n;

/**
 * What the engine is asked for to run one instance of a container: in the sandbox's network and IPC namespaces, with
 * whatever else would restart, check or remove it switched off, and no init process put in front of its own. `env` are
 * the container's variables with their values.
 */
export function containerOptions(
  container: Container,
  env: Readonly<Record<string, string>>,
  { name, sandboxId, labels, mounts }: Placement,
): CreateOptions {
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
    HostConfig: {
      NetworkMode: `container:${sandboxId}`,
      IpcMode: `container:${sandboxId}`,
      ...mounts,
      RestartPolicy: { Name: 'no' },
      AutoRemove: false,
      Init: false,
      ...memory(container.resources?.limits?.memory),
      ...cpu(container.resources?.limits?.cpu),
    },
  };
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

function amount(written: string | undefined, per: bigint): number | undefined {
  const quantity = written === undefined ? undefined : parseQuantity(written);
  return quantity && Number((quantity.nanos * per) / NANOS);
}
