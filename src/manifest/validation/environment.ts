import type {
  EnvFromSource,
  EnvVar,
  EnvVarSource,
  KeySelector,
  ObjectFieldSelector,
  ResourceFieldSelector,
} from '../model';
import { type ApiServer, isEnabled } from '../values/apiServer';
import { type FieldError, invalid, makeRequired, notSupported } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import { formatQuantity, parseQuantity } from '../values/quantity';
import type { Unchecked } from '../values/uncheckedManifest';
import { isConfigMapKey, isDNS1123Subdomain, isEnvVarName, isQualifiedName, isRelaxedEnvVarName } from './names';

/** Fields of a pod that a variable can refer to. */
const ENV_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
/** Fields of a pod that a file can contain. */
export const VOLUME_FIELDS = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];
const RESOURCES = ['limits', 'requests'].flatMap((list) =>
  ['cpu', 'ephemeral-storage', 'memory'].map((name) => `${list}.${name}`),
);
const BYTE_UNITS = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei'];

/** Source: validation.go `ValidateEnv`. */
export function validateEnv(env: readonly Unchecked<EnvVar>[], path: FieldPath, server: ApiServer): FieldError[] {
  return env.flatMap(({ name, value, valueFrom }, index) => {
    const at = path.index(index);
    return [
      ...(name
        ? nameErrors(name, server).map((detail) => invalid(at.child('name'), name, detail))
        : [makeRequired(at.child('name'))]),
      ...(valueFrom === undefined ? [] : validateValueFrom(valueFrom, value, at.child('valueFrom'))),
    ];
  });
}

/** Source: validation.go `ValidateEnvFrom`. */
export function validateEnvFrom(
  sources: readonly Unchecked<EnvFromSource>[],
  path: FieldPath,
  server: ApiServer,
): FieldError[] {
  return sources.flatMap(({ prefix, configMapRef, secretRef }, index) => {
    const at = path.index(index);
    return [
      ...(prefix ? nameErrors(prefix, server).map((detail) => invalid(at.child('prefix'), prefix, detail)) : []),
      ...(configMapRef ? validateObjectName(configMapRef.name, at.child('configMapRef', 'name')) : []),
      ...(secretRef ? validateObjectName(secretRef.name, at.child('secretRef', 'name')) : []),
      ...(configMapRef || secretRef ? [] : [invalid(at, '', 'must specify one of: `configMapRef` or `secretRef`')]),
      ...(configMapRef && secretRef ? [invalid(at, '', 'may not have more than one field specified at a time')] : []),
    ];
  });
}

/** Source: validation.go `validateContainerResourceFieldSelector`; in a file it is not clear which container is meant. */
export function validateResourceField(
  { containerName, resource = '', divisor }: Unchecked<ResourceFieldSelector>,
  path: FieldPath,
  isFile: boolean,
): FieldError[] {
  if (isFile && !containerName) return [makeRequired(path.child('containerName'))];
  if (resource === '') return [makeRequired(path.child('resource'))];
  const isKnown = RESOURCES.includes(resource) || /^(limits|requests)\.hugepages-./.test(resource);
  if (!isKnown) return [notSupported(path.child('resource'), resource, RESOURCES)];
  const quantity = parseQuantity(divisor ?? '0');
  if (!quantity || quantity.nanos === 0n) return [];
  const [units, allowed, of] = resource.endsWith('.cpu')
    ? [['1m', '1'], '1m and 1', 'cpu']
    : [BYTE_UNITS, BYTE_UNITS.join(', '), resource.endsWith('.memory') ? 'memory' : 'local ephemeral storage'];
  if (resource.includes('hugepages') || units.includes(formatQuantity(quantity))) return [];
  return [
    invalid(path.child('divisor'), resource, `only divisor's values ${allowed} are supported with the ${of} resource`),
  ];
}

/** Source: validation.go `validateObjectFieldSelector`. */
export function validateFieldRef(
  { fieldPath = '' }: Unchecked<ObjectFieldSelector>,
  fields: readonly string[],
  path: FieldPath,
): FieldError[] {
  const at = path.child('fieldPath');
  if (fieldPath === '') return [makeRequired(at)];
  const [, map, key = ''] = /^(.+)\['(.*)'\]$/s.exec(fieldPath) ?? [];
  if (map === 'metadata.annotations')
    return isQualifiedName(key.toLowerCase()).map((detail) => invalid(path, key, detail));
  if (map === 'metadata.labels') return isQualifiedName(key).map((detail) => invalid(path, key, detail));
  if (map !== undefined) return [invalid(path, map, 'does not support subscript')];
  if (fields.includes(fieldPath)) return [];
  if (ENV_FIELDS.includes(fieldPath) || VOLUME_FIELDS.includes(fieldPath)) return [notSupported(at, fieldPath, fields)];
  return [invalid(at, fieldPath, `error converting fieldPath: field label not supported: ${fieldPath}`)];
}

/** Source: validation.go `validateEnvVarValueFrom`. */
function validateValueFrom(
  valueFrom: Unchecked<EnvVarSource>,
  value: string | undefined,
  path: FieldPath,
): FieldError[] {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
  const sources = Object.keys(valueFrom).length;
  const one = [
    ...(fieldRef ? validateFieldRef(fieldRef, ENV_FIELDS, path.child('fieldRef')) : []),
    ...(resourceFieldRef ? validateResourceField(resourceFieldRef, path.child('resourceFieldRef'), false) : []),
    ...(configMapKeyRef ? validateKey(configMapKeyRef, path.child('configMapKeyRef')) : []),
    ...(secretKeyRef ? validateKey(secretKeyRef, path.child('secretKeyRef')) : []),
  ];
  if (sources === 0) {
    const kinds = '`fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`';
    return [invalid(path, '', `must specify one of: ${kinds}`)];
  }
  if (value) return [...one, invalid(path, '', 'may not be specified when `value` is not empty')];
  return sources > 1 ? [...one, invalid(path, '', 'may not have more than one field specified at a time')] : one;
}

/** Source: validation.go `validateConfigMapKeySelector`, `validateSecretKeySelector`. */
function validateKey({ name = '', key }: Unchecked<KeySelector>, path: FieldPath): FieldError[] {
  return [
    ...isDNS1123Subdomain(name).map((detail) => invalid(path.child('name'), name, detail)),
    ...(key
      ? isConfigMapKey(key).map((detail) => invalid(path.child('key'), key, detail))
      : [makeRequired(path.child('key'))]),
  ];
}

function validateObjectName(name: string | undefined, path: FieldPath): FieldError[] {
  return name ? isDNS1123Subdomain(name).map((detail) => invalid(path, name, detail)) : [makeRequired(path)];
}

function nameErrors(name: string, server: ApiServer): string[] {
  return isEnabled(server, 'RelaxedEnvironmentVariableValidation') ? isRelaxedEnvVarName(name) : isEnvVarName(name);
}
