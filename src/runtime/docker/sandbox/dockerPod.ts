import type { Config } from '../../../manifest/config/config';
import type { Pod } from '../../../manifest/model';
import type { Emit } from '../../containerRuntime';
import type { LogLine } from '../../logLine';
import type { RuntimeError } from '../../runtimeError';
import { POD_LABEL } from '../engine/labels';
import type { Run } from '../run';

/** A pod that is to be run on an engine, and who is told of it. */
export interface DockerPod {
  /** Which pod of the run it is; manifests may be run twice. */
  readonly key: string;
  readonly pod: Pod;
  /** The ConfigMaps and Secrets that are there for the pod. */
  readonly config: Config;
  readonly kubernetesVersion: string;
  /** Whether an OOM kill of any process ends its container, as with memory.oom.group. */
  readonly endsOnOOM: boolean;
  /** The images the test gave: they stand for ones that are in the registry. */
  readonly givenImages: readonly string[];
  /** What the pod's hosts file says beside its own. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Joins a sandbox that is not started yet to further networks; without an id, one with the network of the machine. */
  readonly connect?: (sandboxId: string | undefined) => Promise<void>;
  readonly emit: Emit;
  /** Called for each line that a container writes. */
  readonly onWritten?: (written: LogLine) => void;
  /** Called when the engine failed, so that the run is aborted. */
  readonly onBroken: (error: RuntimeError) => void;
}

/** What all of the pod carries on the engine. */
export function labelsOf(run: Run, { key }: DockerPod): Record<string, string> {
  return { ...run.labels, [POD_LABEL]: key };
}

/** As Kubernetes' own names on Docker were: prefix, container, pod, which pod, attempt. */
export function nameOnEngine({ pod, key }: DockerPod, container: string, attempt: number): string {
  return ['jest-kubelet', container, pod.metadata.name, key, attempt].join('_');
}
