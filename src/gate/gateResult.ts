import type { Severity } from '../lint/rule';
import type { LoadedManifest } from '../manifest/loadPod';
import { FieldPath } from '../manifest/values/fieldPath';
import type { Position } from '../manifest/values/position';
import { adviceOn, noteOn, paragraphs, receivedIn } from '../report/incident/note';
import type { RunReport } from '../report/record/podRecord';
import type { CauseId } from '../timeline/failureCause';
import { CHECK_TITLES } from '../wording/gate/checks';
import { formatGap, type GapMessage } from '../wording/gate/gaps';
import { formatPatchFound, formatSearchOver } from '../wording/gate/patches';
import { formatCheckMessage } from '../wording/gate/results/checkMessage';
import type { CheckId } from './model/checks';
import type { Patch } from './model/patch';
import { applyPolicy, type Policy } from './model/policy/policy';
import type { Waiver } from './model/policy/waiver';
import { type CheckResult, type Evidence, isUnexplained, type TargetResult } from './model/targetResult';
import { type PatchText, patchTextFor } from './patchText';

/** What the gate says of everything it was given. */
export interface GateReport {
  readonly outcome: 'passed' | 'failed';
  readonly verdicts: readonly GateResult[];
  readonly times: Times;
}

/** In real milliseconds. */
export interface Times {
  readonly totalMs: number;
  /** While at least one pod was being rehearsed: what the apps and the manifest's numbers take. */
  readonly podsMs: number;
  /**
   * The gate's own waits, all the rest: starting, reading the manifest, getting the engine and the images ready, and
   * clearing away.
   */
  readonly ownMs: number;
}

/** What the gate says of one workload, in plain words: nothing of a Secret stands in it. */
export interface GateResult {
  /** `Deployment/checkout` */
  readonly workload: string;
  /** What its manifest is called in messages. */
  readonly source: string;
  /** Failed also where a check could not be made. */
  readonly outcome: 'passed' | 'failed';
  /** Every check that was asked for, in the order of `CHECK_IDS`. */
  readonly checks: readonly CheckReport[];
  /** What the checks did not cover, and why. */
  readonly notChecked: readonly Gap[];
  /** The lives of the pods that were played; absent where none was. */
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
  /** What holds where it passes. */
  readonly title: string;
  readonly outcome: TargetResult['outcome'];
  readonly answers: readonly TargetReport[];
}

export interface TargetReport {
  readonly outcome: TargetResult['outcome'];
  readonly sentence: string;
  /** Of what was not run: the engine or this machine did not do its part, so nothing can be said of the app. */
  readonly isBroken?: true;
  /** True if its experiment ran once more, alone, because this machine was overloaded the first time. */
  readonly isRepeated?: true;
  readonly container?: string;
  /** The lint finding's. */
  readonly code?: string;
  /** How bad it is, of what failed or would with a stricter `--fail-on`. */
  readonly severity?: Severity;
  /** What it comes from: an id that stays the same. */
  readonly cause?: CauseId;
  /** The reason why it does not count. */
  readonly waived?: string;
  /** In the manifest, in Kubernetes' notation: `spec.template.spec.containers[0].livenessProbe`. */
  readonly field?: string;
  /** Absent where the manifest has no text. */
  readonly position?: Position;
  /** What to do. */
  readonly advice?: string;
  /** On the pod's clock. */
  readonly tookMs?: number;
  /** What the check took, on the pod's clock. */
  readonly spentMs?: number;
  /** How it came to that: a text of several paragraphs. */
  readonly evidence?: string;
  /** The smallest change that would pass, and how it was found. */
  readonly patch?: PatchText & { readonly sum: string };
}

/** What the answers to a workload's checks come to. */
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
    answers: answers.map((answer) => told(answer, context)),
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

/** What the answers are about. */
export interface ReportContext {
  readonly workload: string;
  readonly source: string;
  /** Where a field of the pod is called and written in the manifest. */
  readonly locate: (path: FieldPath) => { readonly field: string; readonly position?: Position | undefined };
  readonly patchText: (patch: Patch) => PatchText;
  /** Takes out of a text what the pod's Secrets hold. */
  readonly hide: (text: string) => string;
  readonly policy: Policy;
}

function told(
  answer: TargetResult,
  { locate, patchText, hide }: Pick<ReportContext, 'locate' | 'patchText' | 'hide'>,
): TargetReport {
  const { outcome, message, isBroken, isRepeated, container, found, record, patch, tookMs, severity, waived } = answer;
  const { code } = found ?? {};
  const sentence = formatCheckMessage(message);
  const advised = record && adviceOn(record);
  const cause = answer.cause ?? patch?.cause ?? advised?.cause;
  const advice = answer.advice ?? (advised?.advice || undefined);
  const { field, position } = found ?? (answer.field === undefined ? {} : locate(pathFrom(answer.field)));
  const evidence = record && paragraphs(...evidenceOf(answer, record));
  return {
    outcome,
    sentence: hide(sentence),
    ...(isBroken && { isBroken }),
    ...(isRepeated && { isRepeated }),
    ...(container !== undefined && { container }),
    ...(code !== undefined && { code }),
    ...(severity !== undefined && { severity }),
    ...(cause !== undefined && { cause }),
    ...(waived !== undefined && { waived }),
    ...(field !== undefined && { field: hide(field) }),
    // The manifest may hold in another place what it holds in a Secret.
    ...(position !== undefined && { position: { ...position, text: hide(position.text) } }),
    ...(advice !== undefined && { advice: hide(advice) }),
    ...(tookMs !== undefined && { tookMs: Math.round(tookMs) }),
    ...(answer.spentMs !== undefined && { spentMs: Math.round(answer.spentMs) }),
    ...(evidence !== undefined && { evidence: hide(evidence) }),
    ...(patch && { patch: { ...withoutSecrets(patchText(patch), hide), sum: hide(formatPatchFound(patch.found)) } }),
  };
}

/** A diff with a masked line does not apply, so it is left out. */
function withoutSecrets({ yaml, diff }: PatchText, hide: ReportContext['hide']): PatchText {
  return { yaml: hide(yaml), ...(diff !== undefined && hide(diff) === diff && { diff }) };
}

/** What there was is told unless the sentence has said it. */
function evidenceOf({ saysReceived, searchLimitMs }: TargetResult, record: Evidence): readonly (readonly string[])[] {
  const isSaid = saysReceived ?? isUnexplained(record);
  return [
    isSaid ? [] : [receivedIn(record)],
    ...noteOn(record, { isAdvised: true, notes: searchLimitMs === undefined ? [] : [formatSearchOver(searchLimitMs)] }),
  ];
}

/** `spec.containers[0].livenessProbe`, step by step. */
function pathFrom(field: string): FieldPath {
  const steps = field.match(/[^.[\]]+/g) ?? [];
  return steps.reduce(
    (path, step) => (/^\d+$/.test(step) ? path.index(Number(step)) : path.child(step)),
    FieldPath.ROOT,
  );
}

/** How the manifest names and places the fields of its pod, and how it is patched. */
export function fieldPlacesIn({ workload, locate }: LoadedManifest): Pick<ReportContext, 'locate' | 'patchText'> {
  return {
    locate: (path) => ({ field: String(workload.kind.template.join(path)), position: locate(path) }),
    patchText: (patch) => patchTextFor(patch, workload),
  };
}
