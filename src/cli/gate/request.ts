import { availableParallelism } from 'node:os';
import { type Duration, parseDuration } from '../../clock/duration';
import { CHECK_IDS, type CheckId, isCheckId } from '../../gate/model/checks';
import type { Policy } from '../../gate/model/policy/policy';
import { SEVERITIES } from '../../gate/model/policy/severity';
import { WAIVABLE, type Waiver } from '../../gate/model/policy/waiver';
import { type HelmSource, helm, type KustomizeSource, kustomize } from '../../manifest/source/tools';
import { formatUnknown, type PodRequest, parsePair, parsePodRequest, splitNames } from '../podRequest';
import { UsageError } from '../usageError';
import { parseOutputs, type ReportTarget } from './outputs';
import type { RawOptions } from './rawOptions';

/** Pods per core, because pods mostly wait. */
const PODS_PER_CORE = 4;
const WITHIN = '10m';
/**
 * Longest time for which kube-proxy collects changes before it applies them. A load balancer can take longer.
 *
 * Source: pkg/proxy/apis/config/v1alpha1/defaults.go `SetDefaults_KubeProxyConfiguration`, `IPTables.MinSyncPeriod`.
 */
const ENDPOINT_REMOVAL_DELAY = '1s';

/** Parsed options of the gate. */
export interface GateRequest extends PodRequest {
  readonly files: readonly string[];
  readonly tools: readonly (HelmSource | KustomizeSource)[];
  /** Default: all workloads of the manifest. */
  readonly workloads: readonly string[];
  /** True if each fault is injected instead of running checks. */
  readonly matrix: boolean;
  readonly checks: readonly CheckId[];
  readonly policy: Policy;
  /** Paths that clients request. Default: chosen by the gate. */
  readonly paths: readonly string[];
  readonly withinMs: number;
  readonly within: string;
  readonly parallel: number;
  /** True if idle time is skipped. */
  readonly isSkipping: boolean;
  readonly endpointRemovalDelay: Duration;
  readonly outputs: readonly ReportTarget[];
  /** File of the HTML report. */
  readonly html?: string;
}

/**
 * Parses the options.
 *
 * @throws UsageError for an unknown value or an invalid combination.
 */
export function parseRequest(raw: RawOptions): GateRequest {
  const { file = [], within = WITHIN, endpointRemovalDelay = ENDPOINT_REMOVAL_DELAY, workload = [] } = raw;
  const tools = parseTools(raw);
  if (file.length + tools.length === 0) {
    throw new UsageError('no manifest. Pass -f FILE (- for stdin), --helm CHART or --kustomize DIR');
  }
  const withinMs = parseTime('--within', within);
  if (withinMs === 0) throw new UsageError('--within must be longer than 0s');
  parseTime('--endpoint-removal-delay', endpointRemovalDelay);
  return {
    files: file,
    tools,
    workloads: workload,
    matrix: isMatrix(raw),
    checks: parseChecks(raw),
    policy: parsePolicy(raw),
    paths: (raw.path ?? []).map(parsePath),
    ...parsePodRequest(raw),
    withinMs,
    within,
    parallel: parseParallel(raw.parallel),
    isSkipping: String(raw.noSkip) !== 'true',
    endpointRemovalDelay: endpointRemovalDelay as Duration,
    outputs: parseOutputs(raw.format ?? []),
    ...(raw.html !== undefined && { html: raw.html }),
  };
}

function parseTools({ helm: chart, values, set, kustomize: dir }: RawOptions): GateRequest['tools'] {
  if (chart === undefined && (values ?? set)) {
    throw new UsageError(`--${values ? 'values' : 'set'} needs a chart. Pass --helm CHART`);
  }
  return [
    ...(chart === undefined
      ? []
      : [helm(chart, { ...(values && { values }), ...(set && { set: Object.fromEntries(set.map(parseSetting)) }) })]),
    ...(dir === undefined ? [] : [kustomize(dir)]),
  ];
}

function isMatrix({ matrix = false, html, format = [], ...raw }: RawOptions): boolean {
  if (!matrix) return false;
  const unused = Object.entries(CHECK_OPTIONS).find(([key]) => raw[key as keyof typeof CHECK_OPTIONS] !== undefined);
  if (unused) throw new UsageError(`--matrix runs no checks, so ${unused[1]} has no effect. Remove ${unused[1]}`);
  if (html !== undefined) throw new UsageError('--matrix has no HTML report. Remove --html');
  const other = parseOutputs(format).find((output) => output.format !== 'text' && output.format !== 'json');
  if (other) throw new UsageError(`--matrix: --format must be text or json, received ${other.format}`);
  return true;
}

/** Parses a setting like helm `--set`, with numbers and booleans. */
function parseSetting(given: string): [string, string | number | boolean] {
  const [name, value] = parsePair('--set', given, 'image.tag=dev');
  if (value === 'true' || value === 'false') return [name, value === 'true'];
  return [name, /^-?(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value];
}

function parseChecks({ only, skip }: RawOptions): readonly CheckId[] {
  const wanted = only ? splitNames(only).map((id) => parseCheckId('--only', id)) : CHECK_IDS;
  const unwanted = splitNames(skip).map((id) => parseCheckId('--skip', id));
  const both = only && unwanted.find((id) => wanted.includes(id));
  if (both) throw new UsageError(`--only and --skip: ${both} is in both. Remove one`);
  const checks = CHECK_IDS.filter((id) => wanted.includes(id) && !unwanted.includes(id));
  if (checks.length === 0) throw new UsageError('--skip: no check is left to run. Skip fewer checks');
  return checks;
}

/** Options that apply only to checks. */
const CHECK_OPTIONS = { only: '--only', skip: '--skip', failOn: '--fail-on', waive: '--waive' } as const;

function parsePolicy({ failOn = 'error', waive = [] }: RawOptions): Policy {
  const severity = SEVERITIES.find((one) => one === failOn);
  if (severity === undefined) {
    throw new UsageError(formatUnknown('--fail-on', 'severity', failOn, SEVERITIES));
  }
  return { failOn: severity, waivers: waive.map(parseWaiver) };
}

function parseWaiver(given: string): Waiver {
  const [name, reason] = parsePair('--waive', given, "liveness-tcp='the protocol has no health request'");
  const known = WAIVABLE.find((one) => one === name);
  if (known && reason.trim() !== '') return { name: known, reason: reason.trim() };
  if (known) throw new UsageError(`--waive ${name}: no reason after =. Add the reason`);
  throw new UsageError(formatUnknown('--waive', 'check or finding', name, WAIVABLE));
}

function parseCheckId(option: string, id: string): CheckId {
  if (isCheckId(id)) return id;
  throw new UsageError(formatUnknown(option, 'check', id, CHECK_IDS));
}

function parsePath(given: string): string {
  if (URL.canParse(given, 'http://pod') && /^\/[^\s#]*$/.test(given)) return given;
  throw new UsageError(
    `--path must start with / and have no spaces or fragment, such as /login?next=/, received ${JSON.stringify(given)}`,
  );
}

function parseTime(option: string, given: string): number {
  const ms = parseDuration(given);
  if (ms !== undefined) return ms;
  throw new UsageError(`${option} must be a duration such as 90s, 10m or 1m30s, received ${JSON.stringify(given)}`);
}

function parseParallel(given: string | undefined): number {
  if (given === undefined) return PODS_PER_CORE * availableParallelism();
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given);
  throw new UsageError(`--parallel must be a whole number from 1 to 9999, received ${JSON.stringify(given)}`);
}
