import { inspect } from 'node:util';
import { parseDuration } from '../../clock/duration';
import { behaviorOf, crashLoopLimits, DEFAULT_CONFIG, type KubeletConfig } from '../../kubelet';
import type { BackOffRange } from '../../timing/backOff';

/** Setting `crashLoopBackOff` of the kubelet's configuration. */
export interface CrashLoopBackOff {
  /**
   * The longest wait before a restart: `60s`, from `1s` to `300s` (default). Needs the gate KubeletCrashLoopBackOffMax,
   * which is on since 1.35.
   */
  readonly maxContainerRestartPeriod?: string;
}

const LEAST_MS = 1_000;
const MOST_MS = 300_000;

/** Options of a test for the crash-loop back-off. */
interface BackOffOptions {
  readonly crashLoopBackOff?: unknown;
  readonly kubernetesVersion?: unknown;
  readonly featureGates?: unknown;
}

/**
 * Returns the kubelet's setting.
 *
 * Source: pkg/kubelet/apis/config/validation `ValidateKubeletConfiguration`.
 * @throws TypeError if it is none, or a kubelet of that version with these gates does not have it.
 */
export function crashLoopSetting(options: BackOffOptions): Pick<KubeletConfig, 'maxContainerRestartPeriodSeconds'> {
  const { crashLoopBackOff: given } = options;
  if (given === undefined) return {};
  const example = "{ maxContainerRestartPeriod: '60s' }";
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TypeError(`crashLoopBackOff must be an object such as ${example}, received ${inspect(given)}`);
  const { maxContainerRestartPeriod: period, ...others } = given as Readonly<Record<string, unknown>>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new TypeError(
      `crashLoopBackOff: unknown option ${JSON.stringify(unknown)}. Valid options: maxContainerRestartPeriod`,
    );
  if (period === undefined) return {};
  const ms = typeof period === 'string' ? parseDuration(period) : undefined;
  if (ms === undefined || ms < LEAST_MS || ms > MOST_MS)
    throw new TypeError(
      `crashLoopBackOff.maxContainerRestartPeriod must be a duration from '1s' to '300s', received ${inspect(period)}`,
    );
  checkGate(options);
  return { maxContainerRestartPeriodSeconds: ms / 1000 };
}

function checkGate({ kubernetesVersion = DEFAULT_CONFIG.kubernetesVersion, featureGates = {} }: BackOffOptions): void {
  // Another check rejects an invalid version or gate.
  if (typeof kubernetesVersion !== 'string' || typeof featureGates !== 'object' || featureGates === null) return;
  if (behaviorOf(kubernetesVersion, { ...featureGates }).configurableBackOff) return;
  throw new TypeError(
    `crashLoopBackOff.maxContainerRestartPeriod needs the feature gate KubeletCrashLoopBackOffMax, which is off in Kubernetes ${kubernetesVersion}. ` +
      'Use 1.35 or later, or remove it',
  );
}

/** Returns the first and the longest wait of a kubelet's crash-loop back-off. */
export function backOffOf(config: Partial<KubeletConfig>): BackOffRange {
  const settings = { ...DEFAULT_CONFIG, ...config };
  const { initialMs, maxMs } = crashLoopLimits(settings, behaviorOf(settings.kubernetesVersion, settings.featureGates));
  return { initialMs, maxMs };
}
