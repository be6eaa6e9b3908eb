import { podPresetSchema } from '../admission/podPreset';
import { ManifestError, type Problem, problemOf } from '../error';
import type { ObjectMeta } from '../model';
import { decode, type StructuralError } from '../schema/decode';
import { schemaOf } from '../schema/schema';
import type { ReadSource } from '../source/source';
import type { SourceDocument } from '../source/yaml/parse';
import { validateObjectMeta } from '../validation/metadata';
import { isConfigMapKey } from '../validation/names';
import { type FieldError, invalid } from '../values/fieldError';
import { FieldPath } from '../values/fieldPath';
import type { Unchecked } from '../values/uncheckedManifest';
import { isBeside } from '../workload/services';
import type { Config, ConfigKind, Content, Entries } from './config';

/** ConfigMaps and Secrets that a test provides, by name. Each is a text by key. */
export interface GivenConfig {
  /** ConfigMaps that the manifest does not contain. They replace those of the same name in the manifest. */
  readonly configMaps?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Secrets that the manifest does not contain, in plain text. They replace those of the same name in the manifest. */
  readonly secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

interface Companion {
  readonly metadata?: Unchecked<ObjectMeta>;
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

const KINDS = ['ConfigMap', 'Secret', 'Service', 'PodPreset'];
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Returns whether a pod uses objects of that kind. */
export function isCompanion(kind: string): boolean {
  return KINDS.includes(kind);
}

/** Returns the problems of the objects that come with a pod. No problem shows the value of a Secret. */
export function companionProblems({ documents }: Pick<ReadSource, 'documents'>): Problem[] {
  return documents.flatMap((document) => {
    const kind = kindOf(document);
    return kind === undefined ? [] : problemsOf(document, kind);
  });
}

/** Returns the configuration in the pod's namespace: from its input and from the test. */
export function configOf(
  { documents }: Pick<ReadSource, 'documents'>,
  pod: Pick<ObjectMeta, 'namespace'>,
  { configMaps = {}, secrets = {} }: GivenConfig,
): Config {
  return {
    configMaps: { ...entriesByName(documents, 'ConfigMap', pod), ...checkData(configMaps, 'configMaps') },
    secrets: { ...entriesByName(documents, 'Secret', pod), ...checkData(secrets, 'secrets') },
  };
}

/** Returns every Secret of an input, in any namespace, because none of their values may be shown. */
export function secretsIn(documents: readonly SourceDocument[]): Config['secrets'] {
  const secrets = documents.filter((document) => kindOf(document) === 'Secret').map(textsIn);
  return Object.fromEntries(secrets.map((entries, index) => [String(index), entries]));
}

/** Returns the values of a Secret that may be invalid. */
function textsIn({ value }: SourceDocument): Entries {
  const { data, stringData } = value as { readonly data?: unknown; readonly stringData?: unknown };
  const texts = (map: unknown) =>
    Object.entries(typeof map === 'object' && map !== null ? map : {}).map(([key, one]) => [key, String(one)] as const);
  const encoded = texts(data).map(([key, base64]) => [`data.${key}`, { base64 }] as const);
  // A value that is not base64 stays as it is.
  return Object.fromEntries([...texts(data), ...encoded, ...texts(stringData)]);
}

function entriesByName(
  documents: readonly SourceDocument[],
  kind: ConfigKind,
  pod: Pick<ObjectMeta, 'namespace'>,
): Record<string, Entries> {
  const objects = documents
    .filter((document) => kindOf(document) === kind)
    .map((document) => taken(document, kind).value);
  const named = objects.flatMap(
    ({ metadata: { name, namespace } = {}, data = {}, binaryData = {}, stringData = {} }) => {
      if (!name || !isBeside(namespace === undefined ? {} : { namespace }, pod)) return [];
      const entries =
        kind === 'Secret' ? { ...bytesIn(data), ...stringData } : { ...data, ...bytesIn(binaryData, true) };
      return [[name, entries] as const];
    },
  );
  return Object.fromEntries(named);
}

/** Returns the texts among base64 as texts, unless all of it counts as bytes. */
function bytesIn(data: Readonly<Record<string, string>>, isBinary = false): Entries {
  return Object.fromEntries(
    Object.entries(data).map(([key, base64]) => [key, isBinary ? { base64 } : contentOf(base64)]),
  );
}

function contentOf(base64: string): Content {
  const bytes = Buffer.from(base64, 'base64');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : { base64 };
}

function kindOf({ value }: SourceDocument): string | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  return KINDS.find((kind) => kind === value.kind);
}

function taken(document: SourceDocument, kind: string) {
  const { value, errors, unsupported } = decode(
    document.value,
    kind === 'PodPreset' ? podPresetSchema() : schemaOf(kind),
    FieldPath.ROOT,
  );
  return { value: value as Companion, errors: [...errors, ...unsupported] };
}

function problemsOf(document: SourceDocument, kind: string): Problem[] {
  const { value, errors } = taken(document, kind);
  const base64 = (kind === 'Secret' ? value.data : value.binaryData) ?? {};
  const findings: (StructuralError | FieldError)[] = [
    ...errors,
    ...validateObjectMeta(value.metadata ?? {}, FieldPath.of('metadata')),
    ...keyErrors(value),
    ...Object.entries(base64)
      .filter(([, text]) => !BASE64.test(text.replace(/[\r\n]/g, '')))
      .map(([key]) => notBase64(FieldPath.of(kind === 'Secret' ? 'data' : 'binaryData').key(key), kind)),
  ];
  return findings.map((finding) => {
    const position = document.locate(
      finding.path,
      'detail' in finding && finding.detail === 'unknown field' ? 'name' : 'value',
    );
    if (kind !== 'Secret') return problemOf(finding, position);
    const { value: _, ...mute } = finding;
    return problemOf(mute, position);
  });
}

/** Source: validation.go `ValidateConfigMap`, `ValidateSecret`. */
function keyErrors(value: Companion): FieldError[] {
  return (['data', 'binaryData', 'stringData'] as const).flatMap((field) =>
    Object.keys(value[field] ?? {}).flatMap((key) =>
      isConfigMapKey(key).map((detail) => invalid(FieldPath.of(field).key(key), key, detail)),
    ),
  );
}

function notBase64(path: FieldPath, kind: string): StructuralError {
  const { value: _, ...error } = invalid(path, undefined, 'is not base64');
  return {
    ...error,
    type: 'Invalid',
    advice: kind === 'Secret' ? 'put plain text into stringData' : 'put plain text into data',
  };
}

function checkData(
  given: Readonly<Record<string, Readonly<Record<string, string>>>>,
  option: string,
): Record<string, Entries> {
  for (const [name, entries] of Object.entries(given)) {
    for (const [key, text] of Object.entries(entries)) {
      const [detail] = typeof text === 'string' ? isConfigMapKey(key) : [`must be a string, not a ${typeof text}`];
      if (detail !== undefined) throw new ManifestError([{ detail, field: `${option}.${name}[${key}]` }], 'options');
    }
  }
  return given;
}
