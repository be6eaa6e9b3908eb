import { ManifestError } from '../manifest/error';
import type { ReadSource } from '../manifest/source/source';
import { servicesIn } from '../manifest/workload/services';
import { strayServices } from '../manifest/workload/strayServices';
import { type Workload, withoutChartTests, workloadsIn } from '../manifest/workload/workloads';
import type { RunPodOptions } from '../pod/live/runPod';
import { formatList } from '../wording/list';
import { suggest } from './podRequest';
import { UsageError } from './usageError';

type ImageOption = NonNullable<RunPodOptions['images']>;

/** One workload of a manifest, with its ConfigMaps, Secrets and Services. */
export interface ChosenWorkload {
  /** `Deployment/checkout` */
  readonly name: string;
  /** The manifest without its other workloads. */
  readonly read: ReadSource;
  readonly images: ImageOption;
}

/**
 * Returns the workloads in `wanted`, each with its images. Default: all workloads except the tests of a Helm chart.
 *
 * @throws ManifestError if the manifest has no workload.
 * @throws UsageError for an unknown workload or container.
 */
export function chooseWorkloads(
  read: ReadSource,
  wanted: readonly string[],
  images: ImageOption,
): readonly ChosenWorkload[] {
  const { workloads, problems } = workloadsIn(read);
  if (workloads.length === 0) throw new ManifestError(problems, read.name);
  const names = workloads.map(nameOf);
  const missing = wanted.find((name) => !names.some((one) => isSame(one, name)));
  if (missing !== undefined) {
    const problem = `${read.name} has no workload ${JSON.stringify(missing)}`;
    throw new UsageError(`--workload: ${problem}. ${suggest(missing, names)}`);
  }
  const isNamed = (workload: Workload) => wanted.some((name) => isSame(nameOf(workload), name));
  const chosen = wanted.length === 0 ? withoutChartTests(workloads) : workloads.filter(isNamed);
  const known = chosen.flatMap(containersOf);
  const unused = Object.keys(images).find((key) => !known.some((container) => isFor(key, container)));
  if (unused !== undefined) {
    const all = known.map(({ name, image }) => `${name} (${image ?? 'no image'})`);
    const option = typeof images[unused] === 'string' ? '--image' : '--build';
    const problem = `no container has the name or the image ${JSON.stringify(unused)}`;
    throw new UsageError(`${option}: ${problem}. Valid containers: ${formatList(all)}`);
  }
  return chosen.map((workload) => ({
    name: nameOf(workload),
    read: {
      name: read.name,
      documents: read.documents.filter(
        (one) => isCompanionOf(one, workload, withoutChartTests(workloads)) && !isForOthers(one, workload, read),
      ),
    },
    images: Object.fromEntries(
      Object.entries(images).filter(([key]) => containersOf(workload).some((container) => isFor(key, container))),
    ),
  }));
}

function isCompanionOf(one: ReadSource['documents'][number], workload: Workload, all: readonly Workload[]): boolean {
  return one === workload.document || !all.some(({ document }) => document === one);
}

/** True for a Service that selects only pods of other workloads. Without them it would seem to select nothing. */
function isForOthers(one: ReadSource['documents'][number], { document }: Workload, read: ReadSource): boolean {
  const { documents } = read;
  if (one === document) return false;
  const own = servicesIn({ ...read, documents: [one] });
  if (own.length === 0) return false;
  const isStray = (from: ReadSource) => strayServices(from).some((service) => service.document === own[0]?.document);
  return (
    !isStray(read) && isStray({ ...read, documents: documents.filter((each) => each === one || each === document) })
  );
}

/** Compares `Kind/name`. The case of the kind does not matter, that of the name does. */
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

/** Returns the containers as written, before validation. */
function containersOf({ kind, document }: Workload): readonly WrittenContainer[] {
  const path = [...kind.template.child('spec').segments];
  const spec = path.reduce<unknown>((inner, step) => (isObject(inner) ? inner[step] : undefined), document.value);
  if (!isObject(spec)) return [];
  return [spec.initContainers, spec.containers].flatMap((list) => (Array.isArray(list) ? list.filter(isObject) : []));
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Compares a key like `images` of `runPod`: a key with `/` or `:` is an image, any other is a container name. */
function isFor(key: string, { name, image }: WrittenContainer): boolean {
  return key === (/[/:]/.test(key) ? image : name);
}
