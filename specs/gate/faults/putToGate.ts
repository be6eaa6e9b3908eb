import type { GateResult } from '../../../src/gate/gateResult';
import { gateWorkload } from '../../../src/gate/gateWorkload';
import { CHECK_IDS } from '../../../src/gate/model/checks';
import { lintSource } from '../../../src/lint/lint';
import { readSource } from '../../../src/manifest/source/source';
import { type RunPodOptions, runPod } from '../../../src/pod/live/runPod';
import { BASES, type Case } from './faults';

const SILENT = { onStarted() {}, onWaiting() {}, onPlayed() {}, onFinished() {} };

/** Puts a pod to every check, on the container engine. */
export async function putToGate(
  { manifest, hasService = false }: Pick<Case, 'manifest' | 'hasService'>,
  images: Readonly<Record<string, string>> = {},
  given: NonNullable<RunPodOptions['services']> = {},
): Promise<GateResult> {
  const read = readSource(manifest);
  const [workload = ''] = lintSource(read).workloads;
  const database = hasService ? await runPod(BASES[0]?.manifest ?? '') : undefined;
  const services = { ...given, ...(database && { db: database }) };
  try {
    return await gateWorkload(read, workload, {
      checks: CHECK_IDS,
      kubernetesVersion: '1.36',
      allow: [],
      policy: { failOn: 'warning', waivers: [] },
      images,
      services,
      endpointRemovalDelay: '1s',
      parallel: 2,
      deadline: new AbortController().signal,
      progress: SILENT,
      onNote: () => {},
    });
  } finally {
    await database?.remove();
  }
}
