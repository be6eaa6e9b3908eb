import { runOptions } from '../../gate/gateWorkload';
import type { ActorContainer } from '../../gate/model/actor';
import { prepareRead } from '../../pod/live/runPod';
import type { APIPodStatus } from '../../pod/shared/apiStatus';
import { removePods } from '../../pod/shared/registry';
import type { WaitablePodRun } from '../../waiting/podRun';
import type { PodRequest } from '../podRequest';
import type { ChosenWorkload } from '../workloads';

/** Running pod of a command. */
export interface HeldPod extends WaitablePodRun {
  readonly status: APIPodStatus;
  container(name: string): Pick<ActorContainer, 'kill' | 'freeze' | 'thaw'>;
  /** Deletes the pod like `kubectl delete`. */
  delete(): Promise<unknown>;
  /** Removes the pod immediately. */
  remove(): Promise<void>;
}

/** Starts and removes pods. */
export interface PodStarter {
  /**
   * Starts the pod of a workload. Calls `onNote` for each ignored field.
   *
   * @throws ManifestError and RuntimeError like `runPod`.
   */
  start(chosen: ChosenWorkload, request: PodRequest, onNote: (note: string) => void): Promise<HeldPod>;
  /** Removes all remaining pods. */
  close(): void;
}

/** Starts pods on a container engine, and skips no back-off because the user watches the pod. */
export const ENGINE_PODS: PodStarter = {
  async start({ name, read, images }, request, onNote) {
    const options = runOptions(name, { ...request, images });
    const prepared = await prepareRead(read, { ...options, skipBackOff: false });
    for (const note of prepared.notes) onNote(note);
    return prepared.start({ scope: 'file' });
  },
  close: () => removePods('file'),
};
