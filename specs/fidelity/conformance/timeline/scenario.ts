import { DEFAULT_CONFIG, type KubeletConfig } from '../../../../src/kubelet';
import { applyDefaults, type WrittenPod } from '../../../../src/manifest/admission/defaults';
import { dropDisabledFields } from '../../../../src/manifest/admission/disabledFields';
import { checkGateName, newestVersionWith } from '../../../../src/manifest/featureGates/checkFeatureGates';
import type { FeatureGates } from '../../../../src/manifest/featureGates/featureGates';
import type { Pod } from '../../../../src/manifest/model';
import { decode } from '../../../../src/manifest/schema/decode';
import { schemaOf } from '../../../../src/manifest/schema/schema';
import { FieldPath } from '../../../../src/manifest/values/fieldPath';
import { NEWEST_VERSION } from '../../../../src/manifest/values/kubernetesVersion';
import type { AppScript, ScriptEntry } from '../../../../src/runtime/scripted/script';
import { durationMs, listOf, oneOf, type Words, wordsOf } from '../subjects/words';

/** The input of a simulated timeline. */
export interface Scenario {
  readonly pod: Pod;
  readonly app: AppScript;
  readonly config: KubeletConfig;
}

/** Reads what a timeline case gives; throws on any word it does not know. */
export function scenarioOf(value: Words): Scenario {
  const given = wordsOf('given', value, ['pod', 'app', 'featureGates', 'kubelet']);
  const config = configOf(given.featureGates ?? {}, given.kubelet ?? {});
  const pod = dropDisabledFields(podOf(given.pod), config).pod;
  return { pod, app: appOf(given.app ?? {}, pod), config };
}

/** Returns a pod from the fields of a manifest, with the defaults of the API server and without validation. */
function podOf(value: unknown): Pod {
  const { metadata = {}, spec } = wordsOf('pod', value, ['metadata', 'spec']);
  const { value: written, errors } = decode({ metadata, spec }, schemaOf('Pod'), FieldPath.of('pod'));
  const [error] = errors;
  if (error) throw new Error(`${error.path}: ${error.detail}`);
  const { name = 'pod' } = (written as WrittenPod).metadata ?? {};
  return applyDefaults({ ...(written as WrittenPod), metadata: { ...(written as WrittenPod).metadata, name } });
}

function configOf(featureGates: unknown, kubelet: unknown): KubeletConfig {
  const kubernetesVersion = versionWith(featureGates);
  const { crashLoopBackOff = {}, singleProcessOOMKill } = wordsOf('kubelet', kubelet, [
    'crashLoopBackOff',
    'singleProcessOOMKill',
  ]);
  const { maxContainerRestartPeriod: max } = wordsOf('crashLoopBackOff', crashLoopBackOff, [
    'maxContainerRestartPeriod',
  ]);
  return {
    ...DEFAULT_CONFIG,
    kubernetesVersion,
    featureGates: featureGates as KubeletConfig['featureGates'],
    ...(singleProcessOOMKill === true && { singleProcessOOMKill }),
    ...(max === undefined
      ? {}
      : { maxContainerRestartPeriodSeconds: durationMs('maxContainerRestartPeriod', max) / 1000 }),
  };
}

/**
 * Returns the newest version that has these gates, because a removed gate needs an older version. If no version has
 * them, returns the newest one, in which they have no effect.
 */
export function versionWith(featureGates: unknown, upTo = NEWEST_VERSION): string {
  const version = newestVersionWith(featureGates as FeatureGates, upTo) ?? NEWEST_VERSION;
  for (const gate of Object.keys(featureGates as FeatureGates)) checkGateName(gate);
  return version;
}

function appOf(value: unknown, { spec }: Pod): AppScript {
  const names = [...spec.initContainers, ...spec.containers].map(({ name }) => name);
  const scripts = Object.entries(wordsOf('app', value, names));
  return Object.fromEntries(
    scripts.map(([name, entries]) => {
      const where = `app.${name}`;
      return [name, listOf(where, entries).map((entry) => entryOf(where, entry))];
    }),
  );
}

const ENTRY = [
  'at',
  'run',
  'exec',
  'http',
  'tls',
  'tcp',
  'grpc',
  'exit',
  'up',
  'onTerm',
  'imagePull',
  'writeFile',
  'stdout',
];
const HEALTH = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'] as const;

/** Looks at every word of a script entry; the format is the scripted runtime's own. */
function entryOf(where: string, value: unknown): ScriptEntry {
  const { at, run, exec, http, tls, tcp, grpc, exit, up, onTerm, imagePull, ...rest } = wordsOf(where, value, ENTRY);
  durationMs(`${where}.at`, at);
  if (run !== undefined && !/^\d+\+?$/.test(String(run)))
    throw new Error(`${where}.run must be a number such as 1 or 2+, received ${run}`);
  checkCommands(`${where}.exec`, exec ?? {});
  for (const paths of Object.values((http ?? {}) as Words)) {
    for (const answer of Object.values(paths as Words)) checkAnswer(`${where}.http`, answer);
  }
  if (tls !== undefined) oneOf(`${where}.tls`, tls, ['self-signed']);
  for (const state of Object.values((tcp ?? {}) as Words)) oneOf(`${where}.tcp`, state, ['open', 'closed']);
  for (const services of Object.values((grpc ?? {}) as Words)) {
    for (const health of Object.values(services as Words)) oneOf(`${where}.grpc`, health, HEALTH);
  }
  if (exit !== undefined && typeof exit !== 'number')
    throw new Error(`${where}.exit must be an exit code, received ${exit}`);
  if (up !== undefined && typeof up !== 'boolean') throw new Error(`${where}.up must be true or false, received ${up}`);
  if (imagePull !== undefined) oneOf(`${where}.imagePull`, imagePull, ['ok', 'fails']);
  if (onTerm !== undefined) checkOnTerm(`${where}.onTerm`, onTerm);
  for (const text of Object.values((rest.writeFile ?? {}) as Words)) {
    if (typeof text !== 'string') throw new Error(`${where}.writeFile must be a text, received ${text}`);
  }
  return value as ScriptEntry;
}

function checkCommands(where: string, commands: unknown): void {
  for (const [argv, comes] of Object.entries(commands as Words)) {
    if (typeof comes === 'number') continue;
    const { code = 0, takes, startDelay } = wordsOf(`${where}.${argv}`, comes, ['code', 'takes', 'startDelay']);
    if (typeof code !== 'number') throw new Error(`${where}.${argv}.code must be an exit code, received ${code}`);
    if (takes !== undefined && takes !== 'forever') durationMs(`${where}.${argv}.takes`, takes);
    if (startDelay !== undefined) durationMs(`${where}.${argv}.startDelay`, startDelay);
  }
}

function checkAnswer(where: string, answer: unknown): void {
  if (typeof answer === 'number') return;
  const { status } = wordsOf(where, answer, ['status', 'location', 'body']);
  if (typeof status !== 'number') throw new Error(`${where} must be a status, received ${status}`);
}

function checkOnTerm(where: string, value: unknown): void {
  const { exitAfter, code, ignore, exec } = wordsOf(where, value, ['exitAfter', 'code', 'ignore', 'exec']);
  if (exitAfter !== undefined) durationMs(`${where}.exitAfter`, exitAfter);
  if (code !== undefined && typeof code !== 'number')
    throw new Error(`${where}.code must be an exit code, received ${code}`);
  if (ignore !== undefined && typeof ignore !== 'boolean') throw new Error(`${where}.ignore: ${ignore}`);
  checkCommands(`${where}.exec`, exec ?? {});
}
