import { BLOCKED_FIELDS } from '../manifest/admission/fields';
import type { Allowed } from '../manifest/loadPod';
import { nearest } from '../manifest/schema/advise';
import { checkVersionText, NEWEST_VERSION } from '../manifest/values/kubernetesVersion';
import type { RunPodOptions } from '../pod/live/runPod';
import { serviceAddresses } from '../pod/live/services';
import { crashLoopSetting } from '../pod/shared/crashLoopBackOff';
import { UsageError } from './usageError';

/** Options of a command for the pod, as written. */
export interface RawPodOptions {
  readonly image?: readonly string[];
  readonly build?: readonly string[];
  readonly service?: readonly string[];
  readonly allow?: readonly string[];
  readonly kubernetesVersion?: string;
  readonly crashLoopBackOff?: readonly string[];
}

/** Parsed options for the pod. */
export interface PodRequest {
  readonly images: NonNullable<RunPodOptions['images']>;
  readonly services: NonNullable<RunPodOptions['services']>;
  readonly allow: readonly Allowed[];
  readonly kubernetesVersion: string;
  readonly crashLoopBackOff?: NonNullable<RunPodOptions['crashLoopBackOff']>;
}

/**
 * Parses the options.
 *
 * @throws UsageError for an unknown value or an invalid combination.
 */
export function parsePodRequest(raw: RawPodOptions): PodRequest {
  return {
    images: parseImages(raw),
    services: parseServices(raw),
    allow: splitNames(raw.allow).map(parseAllowed),
    kubernetesVersion: parseVersion(raw.kubernetesVersion ?? NEWEST_VERSION),
    ...(raw.crashLoopBackOff && { crashLoopBackOff: parseCrashLoopBackOff(raw) }),
  };
}

function parseCrashLoopBackOff({ crashLoopBackOff = [], kubernetesVersion }: RawPodOptions) {
  const pairs = crashLoopBackOff.map((one) => parsePair('--crash-loop-back-off', one, 'maxContainerRestartPeriod=60s'));
  const given = Object.fromEntries(pairs);
  try {
    crashLoopSetting({ crashLoopBackOff: given, ...(kubernetesVersion !== undefined && { kubernetesVersion }) });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  return given;
}

const ALLOWED: readonly Allowed[] = ['unknown-port', ...new Set(BLOCKED_FIELDS.map(({ allow }) => allow))];

function parseAllowed(given: string): Allowed {
  const found = ALLOWED.find((one) => one === given);
  if (found) return found;
  throw new UsageError(formatUnknown('--allow', 'field', given, ALLOWED));
}

/** Returns the message for an unknown value, with the closest valid value or all of them. */
export function formatUnknown(option: string, kind: string, given: string, known: readonly string[]): string {
  return `${option}: unknown ${kind} ${JSON.stringify(given)}. ${suggest(given, known)}`;
}

/** Returns the closest valid value as a question, or a list of all valid values. */
export function suggest(given: string, known: readonly string[]): string {
  const near = nearest(given, known);
  return near === undefined ? `Valid values: ${known.join(', ')}` : `Did you mean ${JSON.stringify(near)}?`;
}

function parseImages({ image = [], build = [] }: RawPodOptions): PodRequest['images'] {
  const images = image.map((given) => parsePair('--image', given, 'web=checkout:dev'));
  const builds = build.map((given) => parsePair('--build', given, 'web=.'));
  const both = images.find(([name]) => builds.some(([other]) => other === name));
  if (both) throw new UsageError(`--image and --build: ${both[0]} has both. Remove one`);
  return { ...Object.fromEntries(images), ...Object.fromEntries(builds.map(([name, dir]) => [name, { build: dir }])) };
}

function parseServices({ service = [] }: RawPodOptions): PodRequest['services'] {
  const given = service.map((one) => parsePair('--service', one, 'postgres=localhost:5432'));
  const services = Object.fromEntries(given.map(([name, at]) => [name, parseService(at)]));
  // Reports an invalid address before any container starts.
  serviceAddresses(services);
  return services;
}

/** Returns the address or the container. Both forms are distinct, because a port is a number. */
function parseService(at: string) {
  const { id } = /^container:(?<id>.*\D.*|[0-9a-f]{12,})$/.exec(at)?.groups ?? {};
  return id === undefined ? at : { getId: () => id };
}

/** Splits NAME=VALUE. */
export function parsePair(option: string, given: string, example: string): [string, string] {
  const at = given.indexOf('=');
  if (at > 0 && at < given.length - 1) return [given.slice(0, at), given.slice(at + 1)];
  throw new UsageError(`${option} must be NAME=VALUE such as ${example}, received ${JSON.stringify(given)}`);
}

function parseVersion(given: string): string {
  const problem = checkVersionText(given);
  if (problem === undefined) return given;
  throw new UsageError(`--kubernetes-version ${problem}`);
}

/** Splits values that are repeated or comma-separated. */
export function splitNames(given: readonly string[] = []): readonly string[] {
  return given
    .flatMap((one) => one.split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
