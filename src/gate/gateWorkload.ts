import type { Duration } from '../clock/duration';
import { lintSource } from '../lint/lint';
import { secretsIn } from '../manifest/config/configObjects';
import { type Allowed, loadRead } from '../manifest/loadPod';
import type { ReadSource } from '../manifest/source/source';
import { hiderOf } from '../masking/masker';
import type { RunPodOptions } from '../pod/live/runPod';
import { POD_CHECKS } from './experiments/catalog';
import { fieldPlacesIn, type GateResult, type ReportContext, toGateResult } from './gateResult';
import { lintCheck, notRun, validCheck } from './manifestChecks';
import { type MatrixReport, toMatrixReport } from './matrixReport';
import { CHECK_IDS, type CheckId } from './model/checks';
import { asYAML } from './model/patch';
import type { Policy } from './model/policy/policy';
import type { CheckResult } from './model/targetResult';
import { leftOut, notCheckedIn } from './notChecked';
import { runGate, runMatrix } from './runGate';
import type { Progress } from './runner/runExperiments';
import { subjectOnEngine } from './runner/session/onEngine';
import { PodRuns } from './runner/session/podRuns';

export interface GateWorkloadOptions {
  /** Checks to run, in the order of `CHECK_IDS`. */
  readonly checks: readonly CheckId[];
  readonly kubernetesVersion: string;
  readonly crashLoopBackOff?: RunPodOptions['crashLoopBackOff'];
  /** Fields to allow although they are blocked by default. */
  readonly allow: readonly Allowed[];
  readonly policy: Policy;
  readonly images: NonNullable<RunPodOptions['images']>;
  readonly services: NonNullable<RunPodOptions['services']>;
  /** Paths that clients request. Default: the root, or the path of the readiness probe. */
  readonly paths?: readonly string[];
  readonly endpointRemovalDelay: Duration;
  readonly parallel: number;
  /** False if all time passes as on the wall clock. Default: true. */
  readonly isSkipping?: boolean;
  readonly deadline: AbortSignal;
  readonly progress: Progress;
  /** Receives a note for each ignored field of the manifest. */
  readonly onNote: (note: string) => void;
}

/** Prepares the checks of one workload with {@link prepareGate}, and runs them. */
export async function gateWorkload(...[read, workload, options]: Parameters<typeof prepareGate>): Promise<GateResult> {
  return prepareGate(read, workload, options)();
}

/** Runs the prepared checks. */
export type PreparedGate = () => Promise<GateResult>;

/**
 * Prepares the requested checks of one workload, such as `Deployment/checkout`. The returned function starts pods if the
 * manifest is valid and a check needs them, and rejects with a RuntimeError if the engine fails.
 *
 * @throws ManifestError if the manifest contains a blocked field.
 */
export function prepareGate(read: ReadSource, workload: string, options: GateWorkloadOptions): PreparedGate {
  const { checks, kubernetesVersion, policy } = options;
  const report = lintSource(read, { kubernetesVersion });
  const ofManifest = [validCheck(report), lintCheck(report)];
  const ofPods = POD_CHECKS.filter((check) => checks.includes(check));
  const inOrder = (results: readonly CheckResult[]) =>
    results.filter(({ check }) => checks.includes(check)).toSorted(byId);
  const plain: ReportContext = {
    workload,
    source: read.name,
    locate: (path) => ({ field: String(path) }),
    patchText: (patch) => ({ yaml: asYAML(patch) }),
    hide: hiderOf({ secrets: secretsIn(read.documents) }),
    policy,
  };
  if (report.problems.length > 0 || ofPods.length === 0) {
    const unasked = ofPods.map(notRun);
    return async () => toGateResult(plain, inOrder([...ofManifest, ...unasked]), leftOut(checks));
  }
  const { images, services, ...manifest } = runOptions(workload, options);
  loadRead(read, manifest);
  return async () => {
    const asked = { ...manifest, images, services };
    const { subject, prepared, start } = await onEngine(read, asked, options);
    const { parallel, deadline, progress, isSkipping } = options;
    const lives = new PodRuns();
    const onActor = lives.add.bind(lives);
    const { checkEngine } = prepared;
    const asking = { start, checkEngine, checks: ofPods, parallel, deadline, progress, onActor, isSkipping };
    const results = await runGate(subject, asking);
    const gated = { ...plain, ...fieldPlacesIn(prepared.loaded) };
    const all = inOrder([...ofManifest, ...results]);
    return {
      ...toGateResult(gated, all, notCheckedIn(subject, checks, results)),
      lives: () => lives.report(all, gated.hide),
    };
  };
}

/**
 * Prepares to inject each fault into a workload of a manifest, `Deployment/checkout`. Nothing is started before the call,
 * which rejects with a RuntimeError if the engine fails.
 *
 * @throws ManifestError if Kubernetes rejects the manifest, or it asks for something that is blocked.
 */
export function prepareMatrix(read: ReadSource, workload: string, options: MatrixOptions): () => Promise<MatrixReport> {
  const { images, services, ...manifest } = runOptions(workload, options);
  loadRead(read, manifest);
  return async () => {
    const { subject, prepared, start } = await onEngine(read, { ...manifest, images, services }, options);
    const { parallel, deadline, progress, isSkipping } = options;
    const { checkEngine } = prepared;
    const asking = { start, checkEngine, parallel, deadline, progress, isSkipping };
    return toMatrixReport(await runMatrix(subject, asking), hiderOf({ secrets: secretsIn(read.documents) }));
  };
}

export type MatrixOptions = Omit<GateWorkloadOptions, 'checks'>;

async function onEngine(
  read: ReadSource,
  asked: RunPodOptions,
  { paths, endpointRemovalDelay, onNote, isSkipping: skipBackOff = true }: MatrixOptions,
) {
  const run = { ...asked, skipBackOff };
  const engine = await subjectOnEngine(read, run, { ...(paths && { paths }), endpointRemovalDelay });
  for (const note of engine.prepared.notes) onNote(note);
  return engine;
}

/** Returns the options of a run. It allows an unknown port name, which lint reports and whose effect the pods show. */
export function runOptions(
  workload: string,
  {
    allow,
    kubernetesVersion,
    crashLoopBackOff,
    images,
    services,
  }: Pick<GateWorkloadOptions, 'allow' | 'kubernetesVersion' | 'crashLoopBackOff' | 'images' | 'services'>,
) {
  return {
    workload,
    allow: ['unknown-port' as const, ...allow],
    kubernetesVersion,
    ...(crashLoopBackOff !== undefined && { crashLoopBackOff }),
    images,
    services,
  };
}

function byId({ check: one }: CheckResult, { check: other }: CheckResult): number {
  return CHECK_IDS.indexOf(one) - CHECK_IDS.indexOf(other);
}
