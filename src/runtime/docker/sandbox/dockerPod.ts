import type { Config } from '../../../manifest/config/config';
import type { Pod } from '../../../manifest/model';
import type { Emit } from '../../containerRuntime';
import type { LogLine } from '../../logLine';
import type { RuntimeError } from '../../runtimeError';
import { POD_LABEL } from '../engine/labels';
import type { Run } from '../run';

/** A pod that runs on an engine, and the receivers of its events. */
export interface DockerPod {
  /** The key of the pod in its run, because one manifest may run twice. */
  readonly key: string;
  readonly pod: Pod;
  /** The ConfigMaps and Secrets that exist for the pod. */
  readonly config: Config;
  readonly kubernetesVersion: string;
  /** True if an OOM kill of any process ends its container, as with memory.oom.group. */
  readonly endsOnOOM: boolean;
  /** The images that the test passed. They stand in for images of the registry. */
  readonly givenImages: readonly string[];
  /** The entries of the pod's hosts file beside its own. */
  readonly hosts?: Readonly<Record<string, string>>;
  /**
   * Connects a sandbox to further networks before it starts. Without an id, the sandbox uses the network of the
   * machine.
   */
  readonly connect?: (sandboxId: string | undefined) => Promise<void>;
  readonly emit: Emit;
  /** Called for each line that a container writes. */
  readonly onWritten?: (written: LogLine) => void;
  /** Called when the engine failed, so that the run is aborted. */
  readonly onBroken: (error: RuntimeError) => void;
}

/** Returns the labels of all objects of the pod on the engine. */
export function makePodLabels(run: Run, { key }: DockerPod): Record<string, string> {
  return { ...run.labels, [POD_LABEL]: key };
}

/** Returns a name in the format of Kubernetes' own names on Docker: prefix, container, pod, key, attempt. */
export function nameOnEngine({ pod, key }: DockerPod, container: string, attempt: number): string {
  return ['jest-kubelet', container, pod.metadata.name, key, attempt].join('_');
}
