import type { Container, ContainerPort } from '../model';
import { type ApiServer, NEWEST } from '../values/apiServer';
import { duplicates, type FieldError, invalid, makeRequired, notSupported } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import type { Unchecked } from '../values/uncheckedManifest';
import { validateEnv, validateEnvFrom } from './environment';
import { isDNS1123Label, isPortName, isPortNumber } from './names';
import { validateResources } from './resources';
import { validateVolumeMounts } from './volumeMounts';

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

/**
 * Returns the errors that containers of every kind can have. `volumes` are the names of the pod's volumes; without them
 * mounts are not checked.
 *
 * Source: validation.go `validateContainerCommon`.
 */
export function validateContainerCommon(
  container: Unchecked<Container>,
  volumes: ReadonlySet<string> | undefined,
  path: FieldPath,
  server: ApiServer = NEWEST,
): FieldError[] {
  const { name, image, imagePullPolicy, terminationMessagePolicy, ports, env, envFrom, resources, volumeMounts } =
    container;
  return [
    ...(name
      ? isDNS1123Label(name).map((detail) => invalid(path.child('name'), name, detail))
      : [makeRequired(path.child('name'))]),
    ...(image ? [] : [makeRequired(path.child('image'))]),
    ...requireOneOf(terminationMessagePolicy, MESSAGE_POLICIES, path.child('terminationMessagePolicy')),
    ...requireOneOf(imagePullPolicy, PULL_POLICIES, path.child('imagePullPolicy')),
    ...validatePorts(ports ?? [], path.child('ports')),
    ...validateEnv(env ?? [], path.child('env'), server),
    ...validateEnvFrom(envFrom ?? [], path.child('envFrom'), server),
    ...validateResources(resources ?? {}, path.child('resources')),
    ...validateVolumeMounts(volumeMounts ?? [], volumes, path.child('volumeMounts')),
  ];
}

/** Returns an error unless the word is set and supported. */
export function requireOneOf(value: string | undefined, supported: readonly string[], path: FieldPath): FieldError[] {
  if (!value) return [makeRequired(path, '', `one of ${supported.join(', ')}`)];
  return supported.includes(value) ? [] : [notSupported(path, value, supported)];
}

/** Source: validation.go `validateContainerPorts`. */
function validatePorts(ports: readonly Unchecked<ContainerPort>[], path: FieldPath): FieldError[] {
  const each = ports.flatMap(({ name = '', containerPort = 0, hostPort = 0, protocol }, index) => {
    const at = path.index(index);
    return [
      ...(name ? isPortName(name).map((detail) => invalid(at.child('name'), name, detail)) : []),
      ...(containerPort === 0
        ? [makeRequired(at.child('containerPort'))]
        : isPortNumber(containerPort).map((detail) => invalid(at.child('containerPort'), containerPort, detail))),
      ...(hostPort === 0
        ? []
        : isPortNumber(hostPort).map((detail) => invalid(at.child('hostPort'), hostPort, detail))),
      ...requireOneOf(protocol, PROTOCOLS, at.child('protocol')),
    ];
  });
  const names = ports.map(({ name }) => name);
  return [...each, ...duplicates(names, (index) => path.index(index).child('name'))];
}
