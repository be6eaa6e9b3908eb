import {
  fieldPlacesIn,
  type GateReport,
  type GateResult,
  type TargetReport,
  toGateResult,
} from '../../../../src/gate/gateResult';
import { lintCheck, validCheck } from '../../../../src/gate/manifestChecks';
import type { CheckId } from '../../../../src/gate/model/checks';
import type { Waiver } from '../../../../src/gate/model/policy/waiver';
import { notCheckedIn } from '../../../../src/gate/notChecked';
import { runGate } from '../../../../src/gate/runGate';
import { lintSource } from '../../../../src/lint/lint';
import { loadRead } from '../../../../src/manifest/loadPod';
import { readNamedText } from '../../../../src/manifest/source/source';
import type { AppScript } from '../../../../src/runtime/scripted/script';
import { simulateActor } from '../simulateActor';

const FILE = 'k8s/shop, 1.yaml';

const MANIFEST = `apiVersion: v1
kind: Pod
metadata:
  name: shop
spec:
  terminationGracePeriodSeconds: 3
  containers:
    - name: web
      image: shop/web:1
      ports:
        - containerPort: 8080
      livenessProbe:
        tcpSocket:
          port: 8080
        periodSeconds: 5
      readinessProbe:
        httpGet:
          port: 8080
          path: /healthz
        periodSeconds: 1
`;

/** The TCP check passes while the app hangs, and the app ignores SIGTERM. */
const APP = {
  web: [
    { at: '0s', http: { '8080': { '/healthz': 200 } }, tcp: { '8080': 'open' as const }, onTerm: { ignore: true } },
  ],
};

const CHECKS = ['ready-in-budget', 'init-order', 'liveness-detects-hang', 'terminates-in-grace'] as const;

/** A manifest, the script of its containers, and what the gate checks. */
export interface Subject {
  readonly file?: string;
  readonly manifest: string;
  readonly app: AppScript;
  readonly checks: readonly CheckId[];
  readonly waivers?: readonly Waiver[];
}

/** Returns the report on a pod whose liveness probe detects no hang, and which ignores SIGTERM. */
export function faultyReport(): Promise<GateReport> {
  return reportOn({
    manifest: MANIFEST,
    app: APP,
    checks: CHECKS,
    waivers: [{ name: 'liveness-without-startup', reason: 'it starts in 1s' }],
  });
}

/** Returns the report of the gate on a pod that fails. */
export async function reportOn({ file = FILE, manifest, app, checks, waivers = [] }: Subject): Promise<GateReport> {
  const read = readNamedText(manifest, file);
  const lint = lintSource(read);
  const loaded = loadRead(read);
  const { metadata: _, spec } = loaded.pod;
  const started = (variant: object) => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: structuredClone(variant) };
    return simulateActor(pod, app);
  };
  const subject = {
    pod: started(spec).pod,
    backend: { publishNotReadyAddresses: false },
    services: [],
    endpointRemovalDelay: '500ms' as const,
    kubernetesVersion: '1.36',
  };
  const results = await runGate(subject, { start: async (variant) => started(variant.spec), checks, parallel: 1 });
  const gated = {
    workload: 'Pod/shop',
    source: file,
    ...fieldPlacesIn(loaded),
    hide: (text: string) => text,
    policy: { failOn: 'error' as const, waivers },
  };
  const verdict = toGateResult(
    gated,
    [validCheck(lint), lintCheck(lint), ...results],
    notCheckedIn(subject, checks, results),
  );
  return { outcome: 'failed', verdicts: [verdict], times: { totalMs: 71_234, podsMs: 69_100, ownMs: 2_134 } };
}

/** Returns the report on a pod that fails one check. */
export function one(answer: Partial<TargetReport>, outcome: TargetReport['outcome'] = 'failed'): GateReport {
  const told: TargetReport = {
    outcome,
    messageId: 'recovers/not-ready-again',
    sentence: 'it <b>hangs</b> | for 50 %,\nfor ever',
    ...answer,
  };
  const verdict: GateResult = {
    workload: 'Pod/shop',
    source: '<stdin>',
    outcome: 'failed',
    checks: [{ check: 'recovers', title: 'the pod is Ready again', outcome, answers: [told] }],
    notChecked: [],
  };
  return { outcome: 'failed', verdicts: [verdict], times: { totalMs: 900, podsMs: 0, ownMs: 900 } };
}
