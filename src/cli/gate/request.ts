import { availableParallelism } from 'node:os';
import { type Duration, parseDuration } from '../../clock/duration';
import { CHECK_IDS, type CheckId, isCheckId } from '../../gate/model/checks';
import type { Policy } from '../../gate/model/policy/policy';
import { SEVERITIES } from '../../gate/model/policy/severity';
import { WAIVABLE, type Waiver } from '../../gate/model/policy/waiver';
import { type HelmSource, helm, type KustomizeSource, kustomize } from '../../manifest/source/tools';
import { describeUnknown, type PodRequest, pair, podRequestFrom, splitNames } from '../podRequest';
import { UsageError } from '../usageError';
import { outputsFor, type ReportTarget } from './outputs';
import type { RawOptions } from './rawOptions';

/** A core bears so many pods that mostly wait. */
const PODS_PER_CORE = 4;
const WITHIN = '10m';
/**
 * How long kube-proxy may gather changes before it applies them. A load balancer in front of it may take longer.
 *
 * Source: pkg/proxy/apis/config/v1alpha1/defaults.go `SetDefaults_KubeProxyConfiguration`, `IPTables.MinSyncPeriod`.
 */
const ENDPOINT_REMOVAL_DELAY = '1s';

/** What the gate is asked for. */
export interface GateRequest extends PodRequest {
  readonly files: readonly string[];
  readonly tools: readonly (HelmSource | KustomizeSource)[];
  /** All of the manifest's where there are none. */
  readonly workloads: readonly string[];
  /** Whether each fault is done in place of the checks. */
  readonly matrix: boolean;
  readonly checks: readonly CheckId[];
  readonly policy: Policy;
  /** What clients request, if it is named. */
  readonly paths: readonly string[];
  readonly withinMs: number;
  readonly within: string;
  readonly parallel: number;
  /** Whether time is skipped in which nothing can change. */
  readonly isSkipping: boolean;
  readonly endpointRemovalDelay: Duration;
  readonly outputs: readonly ReportTarget[];
  /** The file of the page that shows the pods' lives, where one is asked for. */
  readonly html?: string;
}

/**
 * Makes sense of what is written.
 *
 * @throws UsageError for what there is not, or what does not go together.
 */
export function requestFrom(raw: RawOptions): GateRequest {
  const { file = [], within = WITHIN, endpointRemovalDelay = ENDPOINT_REMOVAL_DELAY, workload = [] } = raw;
  const tools = toolsIn(raw);
  if (file.length + tools.length === 0) {
    throw new UsageError('name a manifest: -f FILE, or - for the standard input, --helm CHART or --kustomize DIR');
  }
  const withinMs = duration('--within', within);
  if (withinMs === 0) throw new UsageError('--within 0s leaves no time for anything');
  duration('--endpoint-removal-delay', endpointRemovalDelay);
  return {
    files: file,
    tools,
    workloads: workload,
    matrix: isMatrix(raw),
    checks: checksIn(raw),
    policy: policyIn(raw),
    paths: (raw.path ?? []).map(path),
    ...podRequestFrom(raw),
    withinMs,
    within,
    parallel: parallelism(raw.parallel),
    isSkipping: String(raw.noSkip) !== 'true',
    endpointRemovalDelay: endpointRemovalDelay as Duration,
    outputs: outputsFor(raw.format ?? []),
    ...(raw.html !== undefined && { html: raw.html }),
  };
}

function toolsIn({ helm: chart, values, set, kustomize: dir }: RawOptions): GateRequest['tools'] {
  if (chart === undefined && (values ?? set)) {
    throw new UsageError(`--${values ? 'values' : 'set'} is for a chart; name it with --helm CHART`);
  }
  return [
    ...(chart === undefined
      ? []
      : [helm(chart, { ...(values && { values }), ...(set && { set: Object.fromEntries(set.map(setting)) }) })]),
    ...(dir === undefined ? [] : [kustomize(dir)]),
  ];
}

function isMatrix({ matrix = false, html, format = [], ...raw }: RawOptions): boolean {
  if (!matrix) return false;
  const unused = Object.entries(OF_CHECKS).find(([key]) => raw[key as keyof typeof OF_CHECKS] !== undefined);
  if (unused) throw new UsageError(`--matrix makes no checks; leave out ${unused[1]}`);
  if (html !== undefined) throw new UsageError('--matrix is written as text or json, not as a page');
  const other = outputsFor(format).find((output) => output.format !== 'text' && output.format !== 'json');
  if (other) throw new UsageError(`--matrix is written as text or json, not as ${other.format}`);
  return true;
}

/** As helm reads `--set`: what looks like a number or a truth value is one. */
function setting(given: string): [string, string | number | boolean] {
  const [name, value] = pair('--set', given, 'image.tag=dev');
  if (value === 'true' || value === 'false') return [name, value === 'true'];
  return [name, /^-?(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value];
}

function checksIn({ only, skip }: RawOptions): readonly CheckId[] {
  const wanted = only ? splitNames(only).map((id) => checkId('--only', id)) : CHECK_IDS;
  const unwanted = splitNames(skip).map((id) => checkId('--skip', id));
  const both = only && unwanted.find((id) => wanted.includes(id));
  if (both) throw new UsageError(`${both} is in --only and in --skip`);
  const checks = CHECK_IDS.filter((id) => wanted.includes(id) && !unwanted.includes(id));
  if (checks.length === 0) throw new UsageError('--skip leaves no check');
  return checks;
}

/** Options that are about checks. */
const OF_CHECKS = { only: '--only', skip: '--skip', failOn: '--fail-on', waive: '--waive' } as const;

function policyIn({ failOn = 'error', waive = [] }: RawOptions): Policy {
  const severity = SEVERITIES.find((one) => one === failOn);
  if (severity === undefined) {
    throw new UsageError(describeUnknown(`--fail-on ${failOn}`, 'there is no such severity', failOn, SEVERITIES));
  }
  return { failOn: severity, waivers: waive.map(waiver) };
}

function waiver(given: string): Waiver {
  const [name, reason] = pair('--waive', given, "liveness-tcp='the protocol has no health request'");
  const known = WAIVABLE.find((one) => one === name);
  if (known && reason.trim() !== '') return { name: known, reason: reason.trim() };
  if (known) throw new UsageError(`--waive ${name}: write the reason after the =`);
  throw new UsageError(describeUnknown(`--waive ${name}`, 'there is no such check or finding', name, WAIVABLE));
}

function checkId(option: string, id: string): CheckId {
  if (isCheckId(id)) return id;
  throw new UsageError(describeUnknown(`${option} ${id}`, 'there is no such check', id, CHECK_IDS));
}

function path(given: string): string {
  if (URL.canParse(given, 'http://pod') && /^\/[^\s#]*$/.test(given)) return given;
  throw new UsageError(`--path ${given}: must begin with a slash, without spaces and fragment. Write /login?next=/`);
}

function duration(option: string, given: string): number {
  const ms = parseDuration(given);
  if (ms !== undefined) return ms;
  throw new UsageError(`${option} ${given}: no duration; write 90s, 10m or 1m30s`);
}

function parallelism(given: string | undefined): number {
  if (given === undefined) return PODS_PER_CORE * availableParallelism();
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given);
  throw new UsageError(`--parallel ${given}: write how many pods may run at the same time, 1 or more`);
}
