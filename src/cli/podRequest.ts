import { REFUSED } from '../manifest/admission/fields';
import type { Allowed } from '../manifest/loadPod';
import { nearest } from '../manifest/schema/advise';
import { NEWEST_VERSION, whyUnknown } from '../manifest/values/kubernetesVersion';
import type { RunPodOptions } from '../pod/live/runPod';
import { serviceAddresses } from '../pod/live/services';
import { crashLoopSetting } from '../pod/shared/crashLoopBackOff';
import { UsageError } from './usageError';

/** How a pod is to be run, as it is written in the options of a command. */
export interface RawPodOptions {
  readonly image?: readonly string[];
  readonly build?: readonly string[];
  readonly service?: readonly string[];
  readonly allow?: readonly string[];
  readonly kubernetesVersion?: string;
  readonly crashLoopBackOff?: readonly string[];
}

/** What they come to. */
export interface PodRequest {
  readonly images: NonNullable<RunPodOptions['images']>;
  readonly services: NonNullable<RunPodOptions['services']>;
  readonly allow: readonly Allowed[];
  readonly kubernetesVersion: string;
  readonly crashLoopBackOff?: NonNullable<RunPodOptions['crashLoopBackOff']>;
}

/**
 * Makes sense of what is written.
 *
 * @throws UsageError for what there is not, or what does not go together.
 */
export function podRequestFrom(raw: RawPodOptions): PodRequest {
  return {
    images: imagesIn(raw),
    services: servicesIn(raw),
    allow: splitNames(raw.allow).map(allowed),
    kubernetesVersion: version(raw.kubernetesVersion ?? NEWEST_VERSION),
    ...(raw.crashLoopBackOff && { crashLoopBackOff: crashLoopBackOffIn(raw) }),
  };
}

function crashLoopBackOffIn({ crashLoopBackOff = [], kubernetesVersion }: RawPodOptions) {
  const pairs = crashLoopBackOff.map((one) => pair('--crash-loop-back-off', one, 'maxContainerRestartPeriod=60s'));
  const given = Object.fromEntries(pairs);
  try {
    crashLoopSetting({ crashLoopBackOff: given, ...(kubernetesVersion !== undefined && { kubernetesVersion }) });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  return given;
}

const ALLOWED: readonly Allowed[] = ['unknown-port', ...new Set(REFUSED.map(({ allow }) => allow))];

function allowed(given: string): Allowed {
  const found = ALLOWED.find((one) => one === given);
  if (found) return found;
  throw new UsageError(describeUnknown(`--allow ${given}`, 'there is no such field', given, ALLOWED));
}

/** What is wrong with a word, and which would be right. */
export function describeUnknown(given: string, wrong: string, word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return `${given}: ${wrong}; ${near ? `did you mean ${near}?` : `there are ${known.join(', ')}`}`;
}

function imagesIn({ image = [], build = [] }: RawPodOptions): PodRequest['images'] {
  const images = image.map((given) => pair('--image', given, 'web=checkout:dev'));
  const builds = build.map((given) => pair('--build', given, 'web=.'));
  const both = images.find(([name]) => builds.some(([other]) => other === name));
  if (both) throw new UsageError(`${both[0]} is in --image and in --build`);
  return { ...Object.fromEntries(images), ...Object.fromEntries(builds.map(([name, dir]) => [name, { build: dir }])) };
}

function servicesIn({ service = [] }: RawPodOptions): PodRequest['services'] {
  const given = service.map((one) => pair('--service', one, 'postgres=localhost:5432'));
  const services = Object.fromEntries(given.map(([name, at]) => [name, serviceAt(at)]));
  // What is no address is refused before anything is started.
  serviceAddresses(services);
  return services;
}

/** A port is a number, so no address looks like a container. */
function serviceAt(at: string) {
  const { id } = /^container:(?<id>.*\D.*|[0-9a-f]{12,})$/.exec(at)?.groups ?? {};
  return id === undefined ? at : { getId: () => id };
}

/** The two sides of NAME=VALUE. */
export function pair(option: string, given: string, example: string): [string, string] {
  const at = given.indexOf('=');
  if (at > 0 && at < given.length - 1) return [given.slice(0, at), given.slice(at + 1)];
  throw new UsageError(`${option} ${given}: write a name and a value, as in ${option} ${example}`);
}

function version(given: string): string {
  const fault = whyUnknown(given);
  if (fault === undefined) return given;
  throw new UsageError(`--kubernetes-version ${fault}`);
}

/** Names one by one, or several with commas between them. */
export function splitNames(given: readonly string[] = []): readonly string[] {
  return given
    .flatMap((one) => one.split(','))
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
