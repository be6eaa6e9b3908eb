import type { Config } from '../config/config';
import { variablesOf } from '../config/environment';
import { PROCESS_BYTES_MAX } from '../limits';
import type { Container, Pod } from '../model';
import { ExpansionError, expandText } from '../values/expansion';
import { FieldPath } from '../values/fieldPath';

interface OversizedValue {
  readonly path: FieldPath;
  readonly detail: string;
}

/** Any node: no variable of a node is large. */
const NODE = { nodeName: 'node', hostIP: '', podIP: '', allocatable: { cpu: '1', memory: '1Gi' } };

/** Returns the variables and arguments of a pod that grow beyond what a process takes, by their paths in the pod. */
export function expansionFindings(pod: Pod, config: Config, kubernetesVersion: string): readonly OversizedValue[] {
  const around = { pod, config, node: NODE, kubernetesVersion };
  return (['initContainers', 'containers'] as const).flatMap((list) =>
    pod.spec[list].flatMap((container, index) => {
      const found = findingIn(container, around);
      return found ? [{ ...found, path: FieldPath.of('spec', list).index(index).join(found.path) }] : [];
    }),
  );
}

function findingIn(container: Container, around: Parameters<typeof variablesOf>[1]): OversizedValue | undefined {
  let path = FieldPath.of('env');
  try {
    const variables = variablesOf(container, around, (_, index) => {
      path = FieldPath.of('env').index(index).child('value');
    });
    // Its ConfigMap or Secret is missing, and the container waits for it.
    if ('error' in variables) return undefined;
    let bytes = Object.entries(variables.value).reduce((sum, [name, value]) => sum + bytesOf(name) + bytesOf(value), 0);
    for (const list of ['command', 'args'] as const) {
      for (const [index, argument] of (container[list] ?? []).entries()) {
        path = FieldPath.of(list).index(index);
        bytes += bytesOf(expandText(argument, variables.value));
        if (bytes > PROCESS_BYTES_MAX) return tooLarge(path);
      }
    }
    return bytes > PROCESS_BYTES_MAX ? tooLarge(FieldPath.of('env')) : undefined;
  } catch (error) {
    if (!(error instanceof ExpansionError)) throw error;
    return { path, detail: error.message };
  }
}

function tooLarge(path: FieldPath): OversizedValue {
  const limit = `${PROCESS_BYTES_MAX / 1_048_576} MiB`;
  return {
    path,
    detail: `the variables and arguments of the container are larger than ${limit}, the limit of a process`,
  };
}

/** Returns the length as the kernel counts: with a sign after it. */
function bytesOf(text: string): number {
  return Buffer.byteLength(text) + 1;
}
