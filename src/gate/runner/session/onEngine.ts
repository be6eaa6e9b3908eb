import type { ReadSource } from '../../../manifest/source/source';
import { NEWEST } from '../../../manifest/values/apiServer';
import { progressDeadlineSecondsOf } from '../../../manifest/workload/workloads';
import { type PreparedPod, prepareRead, type RunPodOptions } from '../../../pod/live/runPod';
import type { StartActor } from '../../model/actor';
import type { Subject } from '../../model/subject';

export interface EngineSubject {
  readonly subject: Subject;
  readonly prepared: PreparedPod;
  readonly start: StartActor;
}

/**
 * Returns the subject of the gate on a container engine.
 *
 * @throws ManifestError and RuntimeError like `runPod`.
 */
export async function subjectOnEngine(
  source: ReadSource,
  options: RunPodOptions,
  traffic: Pick<Subject, 'paths' | 'endpointRemovalDelay'>,
): Promise<EngineSubject> {
  const prepared = await prepareRead(source, options);
  const { pod, backend, workload } = prepared.loaded;
  return {
    prepared,
    subject: {
      pod,
      backend,
      services: Object.keys(options.services ?? {}),
      ...traffic,
      progressDeadlineSeconds: progressDeadlineSecondsOf(workload),
      kubernetesVersion: options.kubernetesVersion ?? NEWEST.kubernetesVersion,
    },
    start: (variant, started) => prepared.start({ pod: variant, scope: 'file', ...started }),
  };
}
