import { parseQuantity } from '../../../manifest/values/quantity';

/** Resource limits of a container, as Kubernetes quantities: `{ cpu: '100m', memory: '64Mi' }`. */
export interface Limits {
  /** Processor time in cores: `100m` is a tenth of a core. */
  readonly cpu?: string;
  /** In bytes: `64Mi`. */
  readonly memory?: string;
}

/** The limits in the engine's units. */
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

/** Returns the limit without swap, as on a node: a container that exceeds it is killed. */
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
 * Returns the CPU shares. Without a request the engine's default applies: the kubelet's 2 shares would put the
 * container behind everything else on this machine, and a node reserves the CPU that others request.
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
