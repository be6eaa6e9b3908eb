/** What a gate says of one workload, as it begins a page. */
export interface ResultRecord {
  readonly outcome: 'passed' | 'failed';
  /** `Deployment/shop does not pass: 1 of 9 checks failed` */
  readonly headline: string;
  /** What failed, then what is reported beside it. */
  readonly findings: readonly FindingRecord[];
  /** Every check in the order of the text. */
  readonly checks: readonly CheckLine[];
  /** What was not checked, a line each. */
  readonly notChecked: readonly string[];
}

export interface CheckLine {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'notRun' | 'notApplicable';
  /** The outcome in words. */
  readonly word: string;
  readonly texts: readonly string[];
}

/** One failure, warning or remark. */
export interface FindingRecord {
  /** The check, and the code of a finding of lint. */
  readonly name: string;
  readonly outcome: CheckLine['outcome'];
  /** `error`, `warning, waived`, `not run` */
  readonly badge: string;
  readonly text: string;
  /** What the cause means. */
  readonly cause?: string | undefined;
  readonly fix?: string | undefined;
  readonly waived?: string | undefined;
  /** `k8s/shop.yaml:12:7: spec.template.spec.containers[0].livenessProbe` */
  readonly place?: string | undefined;
  /** The line of the manifest, with carets. */
  readonly frame?: string | undefined;
  readonly patch?: { readonly text: string; readonly sum: string } | undefined;
  readonly evidence?: string | undefined;
  /** The place in `pods` of the pod that shows it, and the instant that decided. */
  readonly pod?: number | undefined;
  readonly at?: number | undefined;
}
