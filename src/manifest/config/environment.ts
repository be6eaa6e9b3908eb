import type { Container, EnvFromSource, EnvVarSource, KeySelector, Pod } from '../model';
import { isEnvVarName } from '../validation/names';
import { ExpansionError, expandText } from '../values/expansion';
import { minorOf } from '../values/kubernetesVersion';
import { asText, type Config, type ConfigKind, type Entries, findNamed, textsOf } from './config';
import { fieldValue, type OnNode, type Resolved, resourceValue, type Unresolved } from './downwardAPI';

/** A pod on its node, with what is in its namespace. */
export interface PodSurroundings {
  readonly pod: Pod;
  readonly config: Config;
  readonly node: OnNode;
  readonly kubernetesVersion: string;
}

type Variables = Readonly<Record<string, string>>;

/**
 * Returns the variables of a container, or why it cannot have them: it then waits with `CreateContainerConfigError`.
 * Those of `envFrom` come first, so that `env` may refer to them, and later variables replace earlier ones.
 *
 * Source: kubelet_pods.go `makeEnvironmentVariables`. Before 1.30 it left out keys that are no names of variables.
 */
export function makeEnvironmentVariables(container: Container, around: PodSurroundings): Resolved<Variables> {
  let at = '';
  try {
    return variablesOf(container, around, (name) => {
      at = name;
    });
  } catch (error) {
    if (error instanceof ExpansionError) return { error: `variable ${at}: ${error.message}` };
    throw error;
  }
}

/** Names each variable of `env` before it is expanded. Throws an {@link ExpansionError} for one that is too large. */
export function variablesOf(
  container: Container,
  around: PodSurroundings,
  onVariable: (name: string, index: number) => void,
): Resolved<Variables> {
  const variables: Record<string, string> = {};
  for (const source of container.envFrom ?? []) {
    const from = fromObject(source, around);
    if ('error' in from) return from;
    Object.assign(variables, from.value);
  }
  for (const [index, { name, value, valueFrom }] of (container.env ?? []).entries()) {
    onVariable(name, index);
    const found =
      value || !valueFrom ? { value: expandText(value ?? '', variables) } : fromSource(valueFrom, container, around);
    if ('error' in found) return found;
    if (found.value !== undefined) variables[name] = found.value;
  }
  return { value: variables };
}

function fromObject(
  { prefix = '', configMapRef, secretRef }: EnvFromSource,
  around: PodSurroundings,
): Resolved<Variables> {
  const { configMaps, secrets } = around.config;
  const ref = configMapRef ?? secretRef;
  if (!ref) return { value: {} };
  const entries = configMapRef ? findNamed(configMaps, ref.name) : findNamed(secrets, ref.name);
  if (!entries) return ref.optional ? { value: {} } : objectNotFound(configMapRef ? 'ConfigMap' : 'Secret', ref.name);
  const texts = configMapRef ? textsOf(entries) : decodeEntries(entries);
  const all = Object.entries(texts).map(([key, text]) => [prefix + key, text] as const);
  const takesAny = minorOf(around.kubernetesVersion) >= 30;
  return { value: Object.fromEntries(all.filter(([name]) => takesAny || isEnvVarName(name).length === 0)) };
}

/** Returns undefined for an optional source that does not exist: the variable is then not set. */
function fromSource(
  { configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef }: EnvVarSource,
  container: Container,
  { pod, config, node }: PodSurroundings,
): Resolved<string | undefined> {
  const { namespace } = pod.metadata;
  if (fieldRef) return fieldValue(fieldRef, pod, node);
  if (resourceFieldRef) return resourceValue(resourceFieldRef, pod, container, node);
  if (configMapKeyRef) {
    const entries = findNamed(config.configMaps, configMapKeyRef.name);
    return fromKey(configMapKeyRef, entries && textsOf(entries), 'ConfigMap', namespace);
  }
  if (secretKeyRef) {
    const entries = findNamed(config.secrets, secretKeyRef.name);
    return fromKey(secretKeyRef, entries && decodeEntries(entries), 'Secret', namespace);
  }
  return { value: '' };
}

function fromKey(
  { name, key, optional }: KeySelector,
  texts: Variables | undefined,
  kind: ConfigKind,
  namespace: string,
): Resolved<string | undefined> {
  const value = texts && findNamed(texts, key);
  if (value !== undefined || optional) return { value };
  if (!texts) return objectNotFound(kind, name);
  // voice-ignore: upstream
  return { error: `couldn't find key ${key} in ${kind} ${namespace}/${name}`, missing: kind };
}

function decodeEntries(entries: Entries): Variables {
  return Object.fromEntries(Object.entries(entries).map(([key, content]) => [key, asText(content)]));
}

/** Source: the API server's answer for an object that is not there, which the kubelet passes on. */
export function objectNotFound(kind: ConfigKind, name: string): Unresolved {
  return { error: `${kind.toLowerCase()} ${JSON.stringify(name)} not found`, missing: kind };
}
