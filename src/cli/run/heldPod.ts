import { runOptions } from '../../gate/gateWorkload';
import type { ActorContainer } from '../../gate/model/actor';
import { prepareRead } from '../../pod/live/runPod';
import type { APIPodStatus } from '../../pod/shared/apiStatus';
import { removePods } from '../../pod/shared/registry';
import type { WaitablePodRun } from '../../waiting/podRun';
import type { PodRequest } from '../podRequest';
import type { Chosen } from '../workloads';

/** A pod that is up, as a command holds it. */
export interface HeldPod extends WaitablePodRun {
  readonly status: APIPodStatus;
  container(name: string): Pick<ActorContainer, 'kill' | 'freeze' | 'thaw'>;
  /** Deletes it as `kubectl delete` does. */
  delete(): Promise<unknown>;
  /** Removes it at once. */
  remove(): Promise<void>;
}

/** Where pods can be started. */
export interface Stand {
  /**
   * Starts the pod of a workload. `onNote` is told what of it is not rehearsed.
   *
   * @throws ManifestError and RuntimeError as `runPod` does.
   */
  start(chosen: Chosen, request: PodRequest, onNote: (note: string) => void): Promise<HeldPod>;
  /** Gives up what is left. */
  close(): void;
}

/** On a container engine. Whoever watches wants to see back-off as it is: no wait is skipped. */
export const ON_ENGINE: Stand = {
  async start({ name, read, images }, request, onNote) {
    const options = runOptions(name, { ...request, images });
    const prepared = await prepareRead(read, { ...options, skipBackOff: false });
    for (const note of prepared.notes) onNote(note);
    return prepared.start({ scope: 'file' });
  },
  close: () => removePods('file'),
};
