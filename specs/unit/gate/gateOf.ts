import type { Actor, StartActor, StartActorOptions } from '../../../src/gate/model/actor';
import type { CheckId } from '../../../src/gate/model/checks';
import { asYAML } from '../../../src/gate/model/patch';
import type { Subject } from '../../../src/gate/model/subject';
import type { CheckResult, TargetResult } from '../../../src/gate/model/targetResult';
import { runGate } from '../../../src/gate/runGate';
import type { AppScript } from '../../../src/runtime/scripted/script';
import { formatPatchFound } from '../../../src/wording/gate/patches';
import { formatCheckMessage } from '../../../src/wording/gate/results/checkMessage';
import { simulateActor } from './simulateActor';

/** A run of the gate on a scripted pod. */
export interface Rehearsed {
  readonly spec: object;
  readonly app: AppScript;
  readonly subject?: Partial<Subject>;
  /** Runs only these checks. */
  readonly checks?: readonly CheckId[];
  readonly parallel?: number;
  /** The wait at which the time limit is reached. */
  readonly outOfTimeAt?: string;
  /** Rejects if the engine has failed. */
  readonly checkEngine?: () => Promise<void>;
  /** Wraps each started pod. */
  readonly disguise?: (actor: Actor, options?: StartActorOptions) => Actor;
}

export interface ReportContext {
  readonly results: readonly CheckResult[];
  /** Number of started pods. */
  readonly started: number;
}

/** Unknown ports are allowed because the checks report them. */
const ALLOWED = { allow: ['unknown-port'] as const };

export async function gate({
  spec,
  app,
  subject = {},
  checks,
  parallel = 1,
  outOfTimeAt,
  checkEngine,
  disguise = (actor) => actor,
}: Rehearsed): Promise<ReportContext> {
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec };
  const { pod } = simulateActor(manifest, app, ALLOWED);
  let started = 0;
  const start: StartActor = async (variant, options) => {
    started += 1;
    return disguise(simulateActor({ ...manifest, spec: structuredClone(variant.spec) }, app, ALLOWED), options);
  };
  const whole: Subject = {
    pod,
    backend: { publishNotReadyAddresses: false },
    services: [],
    endpointRemovalDelay: '500ms',
    kubernetesVersion: '1.36',
    ...subject,
  };
  const deadline = new AbortController();
  const onWaiting = (_: string, what: string) => {
    if (outOfTimeAt !== undefined && what.startsWith(outOfTimeAt)) deadline.abort();
  };
  const results = await runGate(whole, {
    start,
    parallel,
    deadline: deadline.signal,
    progress: { onStarted() {}, onWaiting, onPlayed() {}, onFinished() {} },
    ...(checks && { checks }),
    ...(checkEngine && { checkEngine }),
  });
  return { results, started };
}

/** Returns the outcome and the sentences of each check. */
export async function outcomes(rehearsed: Rehearsed): Promise<Record<string, string>> {
  const { results } = await gate(rehearsed);
  return Object.fromEntries(
    results.map(({ check, outcome, answers }) => [check, `${outcome}: ${answers.map(sentenceOf).join('; ')}`]),
  );
}

/** Returns the sentence of a result. */
export function sentenceOf({ message }: TargetResult): string {
  return formatCheckMessage(message);
}

/** Returns the failures of one check. */
export async function failures(check: CheckId, rehearsed: Rehearsed): Promise<readonly TargetResult[]> {
  const { results } = await gate(rehearsed);
  const answers = results.find((result) => result.check === check)?.answers ?? [];
  return answers.filter(({ outcome }) => outcome === 'failed');
}

/** Returns the patch of a failed check as YAML, and how it was found. */
export async function patchOf(check: CheckId, rehearsed: Rehearsed): Promise<readonly string[]> {
  const [failure] = await failures(check, rehearsed);
  return failure?.patch ? [asYAML(failure.patch), formatPatchFound(failure.patch.found)] : [];
}

export const httpGet = { port: 8080, path: '/healthz' };

/** Returns a container that passes every check if its script does. */
export const web = (more: object = {}) => ({
  name: 'web',
  image: 'web',
  ports: [{ containerPort: 8080 }],
  livenessProbe: { httpGet, periodSeconds: 5 },
  readinessProbe: { httpGet, periodSeconds: 1 },
  lifecycle: { preStop: { sleep: { seconds: 2 } } },
  ...more,
});

export const pod = (container: object = {}, more: object = {}) => ({
  terminationGracePeriodSeconds: 10,
  containers: [web(container)],
  ...more,
});

/** Serves from its first second, and exits 1s after SIGTERM. */
export const HEALTHY = [{ at: '1s', http: { '8080': { '/healthz': 200 } }, onTerm: { exitAfter: '1s', code: 0 } }];
