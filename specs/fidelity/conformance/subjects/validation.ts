import { applyDefaults } from '../../../../src/manifest/admission/defaults';
import type { FeatureGates } from '../../../../src/manifest/featureGates/featureGates';
import type { Container, PodSpec, Probe } from '../../../../src/manifest/model';
import { decode } from '../../../../src/manifest/schema/decode';
import { resolveSchema, type Schema, schemaOf } from '../../../../src/manifest/schema/schema';
import {
  type PodContext,
  validateContainers,
  validateEphemeralContainers,
  validateInitContainers,
} from '../../../../src/manifest/validation/containers';
import { validatePodConditions, validateReadinessGates } from '../../../../src/manifest/validation/gates';
import { validateHandler, validateSleepAction, type WrittenHandler } from '../../../../src/manifest/validation/handler';
import { validatePodSpec, validateRestartPolicy } from '../../../../src/manifest/validation/podSpec';
import { validateProbe } from '../../../../src/manifest/validation/probe';
import type { ApiServer } from '../../../../src/manifest/values/apiServer';
import type { FieldError } from '../../../../src/manifest/values/fieldError';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';
import type { Unchecked } from '../../../../src/manifest/values/uncheckedManifest';
import { versionWith } from '../timeline/scenario';
import { listOf, SOURCE_VERSION, type Subject, type Words, wordsOf } from './words';

const POLICIES = ['podRestartPolicy', 'terminationGracePeriodSeconds', 'featureGates'];

/** Returns a value of a case as an API object, and throws if its fields are not in the schema. */
function taken<T>(value: unknown, schema: Schema, where: string): Unchecked<T> {
  const { value: read, errors } = decode(value, schema, FieldPath.of(where));
  const [error] = errors;
  if (error) throw new Error(`${error.path}: ${error.detail}`);
  return read as Unchecked<T>;
}

function containersOf(value: unknown, where: string): readonly Unchecked<Container>[] {
  return taken<readonly Container[]>(value ?? [], { list: schemaOf('Container') }, where);
}

function fieldOf(schema: Schema, name: string): Schema {
  const type = resolveSchema(schema);
  const field = typeof type === 'object' && 'fields' in type ? type.fields[name] : undefined;
  if (!field) throw new Error(`no field ${name}`);
  return field;
}

function serverOf(featureGates: unknown): ApiServer {
  const gates = featureGates ?? {};
  return { kubernetesVersion: versionWith(gates, SOURCE_VERSION), featureGates: gates as FeatureGates };
}

function contextOf({ terminationGracePeriodSeconds: gracePeriod }: Words): PodContext {
  return gracePeriod === undefined || gracePeriod === null ? {} : { gracePeriod: Number(gracePeriod) };
}

function formatErrors(errors: readonly FieldError[]): Words {
  const told = errors.map(({ type, path, detail }) => ({ type, field: String(path), detail }));
  return { valid: errors.length === 0, errors: told };
}

export const validation: Readonly<Record<string, Subject>> = {
  'validation.probe': async (given) => {
    const { path = 'probe', probe } = wordsOf('given', given, ['path', 'probe']);
    if (probe === null) return formatErrors([]);
    const written = taken<Probe>(probe, schemaOf('Probe'), 'probe');
    return formatErrors(validateProbe(written, undefined, FieldPath.of(String(path)), serverOf({})));
  },

  'validation.handler': async (given) => {
    const { handler } = wordsOf('given', given, ['handler']);
    const fields = { grpc: fieldOf(schemaOf('Probe'), 'grpc') };
    const { grpc, ...others } = wordsOf('handler', handler, ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep']);
    const written = {
      ...taken<WrittenHandler>(others, schemaOf('LifecycleHandler'), 'handler'),
      ...taken<WrittenHandler>(grpc ? { grpc } : {}, { fields }, 'handler'),
    } as WrittenHandler;
    return formatErrors(validateHandler(written, undefined, FieldPath.of('handler'), serverOf({})));
  },

  'validation.sleepAction': async (given) => {
    const words = ['path', 'sleep', 'terminationGracePeriodSeconds', 'featureGates'];
    const { path = 'sleep', sleep, featureGates, ...others } = wordsOf('given', given, words);
    const written = taken<{ seconds: number }>(sleep, fieldOf(schemaOf('LifecycleHandler'), 'sleep'), 'sleep');
    const { gracePeriod } = contextOf(others);
    return formatErrors(validateSleepAction(written, gracePeriod, FieldPath.of(String(path)), serverOf(featureGates)));
  },

  'validation.containers': async (given) => {
    const words = wordsOf('given', given, ['containers', ...POLICIES]);
    const containers = containersOf(words.containers, 'containers');
    const server = serverOf(words.featureGates);
    return formatErrors(validateContainers(containers, contextOf(words), FieldPath.of('containers'), server));
  },

  'validation.initContainers': async (given) => {
    const words = wordsOf('given', given, ['initContainers', 'containers', ...POLICIES]);
    return formatErrors(
      validateInitContainers(
        containersOf(words.initContainers, 'initContainers'),
        containersOf(words.containers, 'containers'),
        contextOf(words),
        FieldPath.of('initContainers'),
        serverOf(words.featureGates),
      ),
    );
  },

  'validation.ephemeralContainers': async (given) => {
    const words = wordsOf('given', given, ['ephemeralContainers', ...POLICIES]);
    const containers = containersOf(words.ephemeralContainers, 'ephemeralContainers');
    return formatErrors(
      validateEphemeralContainers(containers, [], contextOf(words), FieldPath.of('ephemeralContainers')),
    );
  },

  'validation.restartPolicy': async (given) => {
    const { restartPolicy } = wordsOf('given', given, ['restartPolicy']);
    return formatErrors(validateRestartPolicy(String(restartPolicy ?? ''), FieldPath.of('restartPolicy')));
  },

  'validation.readinessGates': async (given) => {
    const { readinessGates } = wordsOf('given', given, ['readinessGates']);
    const gates = listOf('readinessGates', readinessGates).map(
      (gate) => wordsOf('gate', gate, ['conditionType']) as { readonly conditionType?: string },
    );
    return formatErrors(validateReadinessGates(gates, FieldPath.of('readinessGates')));
  },

  'validation.podConditions': async (given) => {
    const { conditions } = wordsOf('given', given, ['conditions']);
    const written = listOf('conditions', conditions).map(
      (condition) => wordsOf('condition', condition, ['type', 'status']) as { readonly type?: string },
    );
    return formatErrors(validatePodConditions(written, FieldPath.of('conditions')));
  },

  /** A spec is validated after defaulting, as upstream makes its pods. */
  'validation.podSpec': async (given) => {
    const { spec } = wordsOf('given', given, ['spec']);
    const written = taken<PodSpec>(spec, schemaOf('PodSpec'), 'spec');
    return formatErrors(validatePodSpec(applyDefaults({ spec: written }).spec, FieldPath.of('spec'), serverOf({})));
  },
};
