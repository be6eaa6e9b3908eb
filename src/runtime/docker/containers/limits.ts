import { parseQuantity } from '../../../manifest/values/quantity';

/** What a container may use at most, as Kubernetes quantities: `{ cpu: '100m', memory: '64Mi' }`. */
export interface Limits {
  /** Processor time, in cores: `100m` is a tenth of one. */
  readonly cpu?: string;
  /** In bytes: `64Mi`. */
  readonly memory?: string;
}

/** The same, as the engine is asked for it. */
export interface EngineLimits {
  readonly Memory?: number;
  readonly MemorySwap?: number;
  readonly CpuPeriod?: number;
  readonly CpuQuota?: number;
}

const CPU_PERIOD_US = 100_000;
const CPU_QUOTA_MIN_US = 1_000;
const CPU_SHARES_PER_CPU = 1_024n;
const CPU_SHARES_MIN = 2;
const CPU_SHARES_MAX = 262_144;
const NANOS = 1_000_000_000n;

export function engineLimits({ cpu, memory }: Limits): EngineLimits {
  return { ...memoryLimit(memory), ...cpuLimit(cpu) };
}

/** Without swap, as on a node: what exceeds the limit is killed. */
function memoryLimit(limit: string | undefined): EngineLimits {
  const bytes = amount(limit, 1n);
  return bytes === undefined ? {} : { Memory: bytes, MemorySwap: bytes };
}

/** Source: pkg/kubelet/cm/helpers_linux.go `MilliCPUToQuota`. */
function cpuLimit(limit: string | undefined): EngineLimits {
  const quota = amount(limit, BigInt(CPU_PERIOD_US));
  return quota === undefined ? {} : { CpuPeriod: CPU_PERIOD_US, CpuQuota: Math.max(quota, CPU_QUOTA_MIN_US) };
}

/**
 * Where nothing is requested the engine's own default stays: the kubelet's 2 shares would put the container behind
 * whatever else this machine runs, and a node reserves what others request.
 *
 * Source: pkg/kubelet/cm/helpers_linux.go `MilliCPUToShares`.
 */
export function cpuShares(request: string | undefined): { readonly CpuShares?: number } {
  const shares = amount(request, CPU_SHARES_PER_CPU);
  return shares ? { CpuShares: Math.min(Math.max(shares, CPU_SHARES_MIN), CPU_SHARES_MAX) } : {};
}

function amount(written: string | undefined, per: bigint): number | undefined {
  const quantity = written === undefined ? undefined : parseQuantity(written);
  return quantity && Number((quantity.nanos * per) / NANOS);
}
