import type { Severity } from '../lint/rule';
import type { LoadedManifest } from '../manifest/loadPod';
import { FieldPath } from '../manifest/values/fieldPath';
import type { Position } from '../manifest/values/position';
import { adviceOn, type IncidentAdvice, noteOn, paragraphs, receivedIn } from '../report/incident/note';
import type { RunReport } from '../report/record/podRecord';
import type { CauseId } from '../timeline/failureCause';
import { CHECK_TITLES } from '../wording/gate/checks';
import { formatGap, type GapMessage } from '../wording/gate/gaps';
import { formatPatchFound, formatSearchOver } from '../wording/gate/patches';
import { formatCheckMessage } from '../wording/gate/results/checkMessage';
import { formatCheckFix, formatFallbackFix } from '../wording/gate/results/fixes';
import { messageIdOf } from './messageId';
import type { CheckId } from './model/checks';
import type { Patch } from './model/patch';
import { applyPolicy, type Policy } from './model/policy/policy';
import type { Waiver } from './model/policy/waiver';
import { type CheckResult, type Evidence, isUnexplained, type TargetResult } from './model/targetResult';
import { type PatchText, patchTextFor } from './patchText';

/** Folder of the docs in the package. */
const DOCS = 'jest-kubelet/docs/';

/** Result of all workloads. */
export interface GateReport {
  readonly outcome: 'passed' | 'failed';
  readonly verdicts: readonly GateResult[];
  readonly times: Times;
}

/** In real milliseconds. */
export interface Times {
  readonly totalMs: number;
  /** Time during which at least one pod ran. It depends on the apps and the numbers of the manifest. */
  readonly podsMs: number;
  /** Overhead of the gate: starting, reading the manifest, preparing the engine and the images, and removing pods. */
  readonly ownMs: number;
}

/** Result of one workload in words. It contains nothing that a Secret holds. */
export interface GateResult {
  /** `Deployment/checkout` */
  readonly workload: string;
  /** Name of its manifest in messages. */
  readonly source: string;
  /** `failed` also if a check was not run. */
  readonly outcome: 'passed' | 'failed';
  /** Every requested check, in the order of `CHECK_IDS`. */
  readonly checks: readonly CheckReport[];
  /** Gaps in the checks, with the reason. */
  readonly notChecked: readonly Gap[];
  /** Runs of the pods; absent if none ran. */
  readonly lives?: () => RunReport;
}

/** Something that is not covered, and why. */
export interface Gap {
  /** `outages of services` */
  readonly what: string;
  readonly why: string;
}

export interface CheckReport {
  readonly check: CheckId;
  /** Statement that is true if the check passes. */
  readonly title: string;
  readonly outcome: TargetResult['outcome'];
  readonly answers: readonly TargetReport[];
}

export interface TargetReport {
  readonly outcome: TargetResult['outcome'];
  /** Stable id of its message: `terminates-in-grace/sigkilled`. */
  readonly messageId: string;
  readonly sentence: string;
  /** True if the check was not run because the engine failed or this machine was overloaded. */
  readonly isBroken?: true;
  /** True if its experiment ran once more, alone, because this machine was overloaded the first time. */
  readonly isRepeated?: true;
  readonly container?: string;
  /** Code of a lint finding. */
  readonly code?: string;
  /** Severity of a failure, or of a finding that a stricter `--fail-on` would fail. */
  readonly severity?: Severity;
  /** Stable id of the cause. */
  readonly cause?: CauseId;
  /** Reason of a waiver. */
  readonly waived?: string;
  /** Field of the manifest in Kubernetes' notation: `spec.template.spec.containers[0].livenessProbe`. */
  readonly field?: string;
  /** Absent if the manifest has no text. */
  readonly position?: Position;
  /** Fix of a failure. */
  readonly advice?: string;
  /** Stable id of the message that explains a failure: `probe-404`. */
  readonly explanation?: string;
  /** Page and anchor that explain a failure: `jest-kubelet/docs/faq/probes.md#probe-404`. */
  readonly docs?: string;
  /** Time from the fault to the reaction, on the pod's clock. */
  readonly tookMs?: number;
  /** Time of the check itself, on the pod's clock. */
  readonly spentMs?: number;
  /** Events and explanations that show the failure, in several paragraphs. */
  readonly evidence?: string;
  /** Smallest change that passes, and how it was found. */
  readonly patch?: PatchText & { readonly sum: string };
}

/** Returns the result of a workload from the results of its checks. */
export function toGateResult(
  { workload, source, policy, ...context }: ReportContext,
  results: readonly CheckResult[],
  gaps: readonly GapMessage[],
): GateResult {
  const decided = results.map((result) => applyPolicy(result, policy));
  const checks = decided.map(({ check, outcome, answers }) => ({
    check,
    title: CHECK_TITLES[check],
    outcome,
    answers: answers.map((answer) => toTargetReport(answer, context)),
  }));
  const fails = checks.some(({ outcome }) => outcome === 'failed' || outcome === 'notRun');
  const notChecked = gaps.map(formatGap).map(({ what, why }) => ({ what: context.hide(what), why: context.hide(why) }));
  return { workload, source, outcome: fails ? 'failed' : 'passed', checks, notChecked };
}

/** Returns the waivers that no failure of the workloads needs. */
export function unusedWaivers(verdicts: readonly GateResult[], { waivers }: Policy): readonly Waiver[] {
  const waived = verdicts.flatMap(({ checks }) =>
    checks.flatMap(({ check, answers }) =>
      answers.flatMap((answer) => (answer.waived === undefined ? [] : [answer.code ?? check])),
    ),
  );
  return waivers.filter(({ name }) => !waived.includes(name));
}

/** Workload of the results. */
export interface ReportContext {
  readonly workload: string;
  readonly source: string;
  /** Returns the name and the place of a pod's field in the manifest. */
  readonly locate: (path: FieldPath) => { readonly field: string; readonly position?: Position | undefined };
  readonly patchText: (patch: Patch) => PatchText;
  /** Masks the values of the pod's Secrets in a text. */
  readonly hide: (text: string) => string;
  readonly policy: Policy;
}

function toTargetReport(
  answer: TargetResult,
  { locate, patchText, hide }: Pick<ReportContext, 'locate' | 'patchText' | 'hide'>,
): TargetReport {
  const { outcome, message, isBroken, isRepeated, container, found, record, patch, tookMs, severity, waived } = answer;
  const { code } = found ?? {};
  const sentence = formatCheckMessage(message);
  const advised = record && adviceOn(record);
  const cause = answer.cause ?? patch?.cause ?? advised?.cause;
  const advice = isFinding(answer) ? fixOf(answer, advised) : answer.advice;
  const docs = isFinding(answer)
    ? (advised?.docs ?? (code ? `lint.md#${code}` : `gate.md#${answer.check}`))
    : undefined;
  const { field, position } = found ?? (answer.field === undefined ? {} : locate(parsePath(answer.field)));
  const evidence = record && paragraphs(...evidenceOf(answer, record));
  return {
    outcome,
    messageId: messageIdOf(answer),
    sentence: hide(sentence),
    ...(isBroken && { isBroken }),
    ...(isRepeated && { isRepeated }),
    ...(container !== undefined && { container }),
    ...(code !== undefined && { code }),
    ...(severity !== undefined && { severity }),
    ...(cause !== undefined && { cause }),
    ...(waived !== undefined && { waived }),
    ...(field !== undefined && { field: hide(field) }),
    // The manifest may repeat the value of a Secret elsewhere.
    ...(position !== undefined && { position: { ...position, text: hide(position.text) } }),
    ...(advice !== undefined && { advice: hide(advice) }),
    ...(isFinding(answer) && advised?.id !== undefined && { explanation: advised.id }),
    ...(docs !== undefined && { docs: `${DOCS}${docs}` }),
    ...(tookMs !== undefined && { tookMs: Math.round(tookMs) }),
    ...(answer.spentMs !== undefined && { spentMs: Math.round(answer.spentMs) }),
    ...(evidence !== undefined && { evidence: hide(evidence) }),
    ...(patch && { patch: { ...withoutSecrets(patchText(patch), hide), sum: hide(formatPatchFound(patch.found)) } }),
  };
}

/** Returns the advice for a failure: that of the check or of its facts, else that of its evidence. */
function fixOf({ advice, message }: TargetResult, advised: IncidentAdvice | undefined): string | undefined {
  const own = advice ?? formatCheckFix(message);
  // The facts of dropped requests show only a part of the fix.
  const parts = own === undefined || message.kind === 'dropped' ? [own, advised?.advice] : [own];
  return parts.filter(Boolean).join(' ') || formatFallbackFix(message);
}

/** True for a failure, also one that a policy lets pass. */
function isFinding({ outcome, severity }: TargetResult): boolean {
  return outcome === 'failed' || (outcome === 'passed' && severity !== undefined);
}

/** Masks a patch, without its diff if a line of that is masked, because such a diff does not apply. */
function withoutSecrets({ yaml, diff }: PatchText, hide: ReportContext['hide']): PatchText {
  return { yaml: hide(yaml), ...(diff !== undefined && hide(diff) === diff && { diff }) };
}

/** Returns the evidence of a result, which begins with what was received unless the sentence contains it. */
function evidenceOf(
  { message, saysReceived, searchLimitMs }: TargetResult,
  record: Evidence,
): readonly (readonly string[])[] {
  const isSaid = saysReceived ?? isUnexplained(record);
  return [
    isSaid ? [] : [receivedIn(hasReason(message) ? withoutReason(record) : record)],
    ...noteOn(record, { isAdvised: true, notes: searchLimitMs === undefined ? [] : [formatSearchOver(searchLimitMs)] }),
  ];
}

/** True if the sentence of a message contains the reason of its result. */
function hasReason(message: TargetResult['message']): boolean {
  if ('disturbance' in message) return message.disturbance.kind === 'reported';
  return 'miss' in message ? message.miss.kind === 'reported' : 'result' in message && message.kind !== 'hookFails';
}

function withoutReason({ result, ...record }: Evidence): Evidence {
  return { ...record, result: { ...result, reason: undefined } };
}

/** Parses a path such as `spec.containers[0].livenessProbe`. */
function parsePath(field: string): FieldPath {
  const steps = field.match(/[^.[\]]+/g) ?? [];
  return steps.reduce(
    (path, step) => (/^\d+$/.test(step) ? path.index(Number(step)) : path.child(step)),
    FieldPath.ROOT,
  );
}

/** Returns functions that locate a pod's fields in its manifest and write patches for it. */
export function fieldPlacesIn({ workload, locate }: LoadedManifest): Pick<ReportContext, 'locate' | 'patchText'> {
  return {
    locate: (path) => ({ field: String(workload.kind.template.join(path)), position: locate(path) }),
    patchText: (patch) => patchTextFor(patch, workload),
  };
}
