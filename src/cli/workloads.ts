import { ManifestError } from '../manifest/error';
import { nearest } from '../manifest/schema/advise';
import type { ReadSource } from '../manifest/source/source';
import { servicesIn } from '../manifest/workload/services';
import { strayServices } from '../manifest/workload/strayServices';
import { deployed, type Workload, workloadsIn } from '../manifest/workload/workloads';
import type { RunPodOptions } from '../pod/live/runPod';
import { formatList } from '../wording/list';
import { UsageError } from './usageError';

type ImageOption = NonNullable<RunPodOptions['images']>;

/** One workload of a manifest, with all that is there beside it: ConfigMaps, Secrets, Services. */
export interface Chosen {
  /** `Deployment/checkout` */
  readonly name: string;
  /** The manifest without its other workloads. */
  readonly read: ReadSource;
  readonly images: ImageOption;
}

/**
 * The workloads that are meant, all that are deployed where none is named, each with the images that are for it.
 *
 * @throws ManifestError when there is none in it.
 * @throws UsageError for a name that nothing has.
 */
export function chosenIn(read: ReadSource, wanted: readonly string[], images: ImageOption): readonly Chosen[] {
  const { workloads, problems } = workloadsIn(read);
  if (workloads.length === 0) throw new ManifestError(problems, read.name);
  const names = workloads.map(nameOf);
  const missing = wanted.find((name) => !names.some((one) => isSame(one, name)));
  if (missing !== undefined) {
    const near = nearest(missing, names);
    const right = near ? `did you mean ${near}?` : `there are ${names.join(', ')}`;
    throw new UsageError(`--workload ${missing}: there is none in ${read.name}; ${right}`);
  }
  const isNamed = (workload: Workload) => wanted.some((name) => isSame(nameOf(workload), name));
  const meant = wanted.length === 0 ? deployed(workloads) : workloads.filter(isNamed);
  const known = meant.flatMap(containersOf);
  const unused = Object.keys(images).find((key) => !known.some((container) => isFor(key, container)));
  if (unused !== undefined) {
    const all = known.map(({ name, image }) => `${name} (${image ?? 'no image'})`);
    throw new UsageError(`no container is called or runs ${unused}; there are ${formatList(all)}`);
  }
  return meant.map((workload) => ({
    name: nameOf(workload),
    read: {
      name: read.name,
      documents: read.documents.filter(
        (one) => isBeside(one, workload, deployed(workloads)) && !isOfOthers(one, workload, read),
      ),
    },
    images: Object.fromEntries(
      Object.entries(images).filter(([key]) => containersOf(workload).some((container) => isFor(key, container))),
    ),
  }));
}

function isBeside(one: ReadSource['documents'][number], workload: Workload, all: readonly Workload[]): boolean {
  return one === workload.document || !all.some(({ document }) => document === one);
}

/** True for a Service that selects pods of other workloads alone: without them it would seem to select nothing. */
function isOfOthers(one: ReadSource['documents'][number], { document }: Workload, read: ReadSource): boolean {
  const { documents } = read;
  if (one === document) return false;
  const own = servicesIn({ ...read, documents: [one] });
  if (own.length === 0) return false;
  const isStray = (from: ReadSource) => strayServices(from).some((service) => service.document === own[0]?.document);
  return (
    !isStray(read) && isStray({ ...read, documents: documents.filter((each) => each === one || each === document) })
  );
}

/** Kinds are written in either case, names are not. */
function isSame(one: string, other: string): boolean {
  const [kind = '', name] = one.split('/');
  const [otherKind = '', otherName] = other.split('/');
  return kind.toLowerCase() === otherKind.toLowerCase() && name === otherName;
}

function nameOf({ kind, name }: Workload): string {
  return `${kind.kind}/${name}`;
}

interface WrittenContainer {
  readonly name?: unknown;
  readonly image?: unknown;
}

/** As they are written, which nobody has looked at yet. */
function containersOf({ kind, document }: Workload): readonly WrittenContainer[] {
  const path = [...kind.template.child('spec').segments];
  const spec = path.reduce<unknown>((inner, step) => (isObject(inner) ? inner[step] : undefined), document.value);
  if (!isObject(spec)) return [];
  return [spec.initContainers, spec.containers].flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []));
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}

/** As `images` of `runPod` is read: a key with `/` or `:` is an image, any other a container's name. */
function isFor(key: string, { name, image }: WrittenContainer): boolean {
  return key === (/[/:]/.test(key) ? image : name);
}
