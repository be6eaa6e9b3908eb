import type { SimulatedPod } from 'jest-kubelet';
import { type PodRecord, podRecord, type RunReport } from '../../../../src/report/record/podRecord';

/** Returns the record of a pod in the form of a report. */
export function recordOf(pod: SimulatedPod): PodRecord {
  return podRecord(pod, { kind: 'simulated', manifest: `sha256:${'0'.repeat(64)}` });
}

export function reportOf(pods: readonly SimulatedPod[], verdicts?: RunReport['verdicts']): RunReport {
  return { version: 1, pods: pods.map(recordOf), ...(verdicts && { verdicts }) };
}
