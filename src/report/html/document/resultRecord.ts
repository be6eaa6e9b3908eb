/** Result of a gate for one workload. */
export interface ResultRecord {
  readonly outcome: 'passed' | 'failed';
  /** `Deployment/shop: 1 of 9 checks failed` */
  readonly headline: string;
  /** Failures first, then other findings. */
  readonly findings: readonly FindingRecord[];
  /** All checks, in the order of the text output. */
  readonly checks: readonly CheckLine[];
  /** Subjects that were not checked, each in one line. */
  readonly notChecked: readonly string[];
}

export interface CheckLine {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'notRun' | 'notApplicable';
  /** Outcome as text: `not run`. */
  readonly word: string;
  readonly texts: readonly string[];
}

/** A failure, a warning or an info. */
export interface FindingRecord {
  /** Name of the check, with the code if it is a lint finding. */
  readonly name: string;
  readonly outcome: CheckLine['outcome'];
  /** `error`, `warning, waived`, `not run` */
  readonly badge: string;
  readonly text: string;
  /** Meaning of the cause. */
  readonly cause?: string | undefined;
  readonly fix?: string | undefined;
  readonly waived?: string | undefined;
  /** `k8s/shop.yaml:12:7: spec.template.spec.containers[0].livenessProbe` */
  readonly place?: string | undefined;
  /** Line of the manifest, with carets. */
  readonly frame?: string | undefined;
  readonly patch?: { readonly text: string; readonly sum: string } | undefined;
  readonly evidence?: string | undefined;
  /** Index in `pods` of the pod with the evidence, and the deciding instant. */
  readonly pod?: number | undefined;
  readonly at?: number | undefined;
}
