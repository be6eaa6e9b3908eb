import type { TimeSkips } from '../../agent/ipc/messages';
import { printable } from '../../escaping/terminal';
import type { CgroupVersion } from '../../kubelet';
import type { GivenConfig } from '../../manifest/config/configObjects';
import { missingPullSecrets } from '../../manifest/config/pullSecrets';
import { type LoadedManifest, type LoadPodOptions, loadRead } from '../../manifest/loadPod';
import type { Pod } from '../../manifest/model';
import { type ManifestSource, type ReadSource, readRendered, readSource } from '../../manifest/source/source';
import { isToolSource } from '../../manifest/source/tools';
import type { Images } from '../../manifest/workload/images';
import { type ImageBuild, imageTag, resolveBuild } from '../../runtime/imageBuild';
import { AgentProcess } from '../shared/agentProcess';
import { type CrashLoopBackOff, crashLoopSetting } from '../shared/crashLoopBackOff';
import { checkOOMRule } from '../shared/oomRule';
import { checkedOptions, type OptionNames } from '../shared/options';
import { registry, type Scope } from '../shared/registry';
import type { LivePod } from './livePod';
import { refuseOldNode } from './nodeVersion';
import { RunningPod } from './runningPod';
import { addProxies, type GivenService, serviceAddresses } from './services';
import { tooLittleTimeFor } from './timeLeft';

/** Options of a pod run. */
export interface RunPodOptions extends GivenConfig {
  /**
   * Images to run instead of those in the manifest, as if they were in the registry already: by a container's name, or
   * by the manifest's image (a key with `/` or `:`). `{ build: '.' }` builds one from a Dockerfile first.
   */
  readonly images?: Readonly<Record<string, string | ImageBuild>>;
  /** The workload of the manifest whose pod is run, `Deployment/checkout`, if it has several. */
  readonly workload?: string;
  /** Fields and checks to accept although they are invalid or blocked by default. */
  readonly allow?: NonNullable<LoadPodOptions['allow']>;
  /**
   * Dependencies of the pod, by the names under which its containers reach them, at the service's own port: `{
   * postgres: startedContainer, 'redis.cache.svc.cluster.local': otherPod, api: 'localhost:8080' }`.
   */
  readonly services?: Readonly<Record<string, GivenService>>;
  /** True if the clock jumps while no container of the pod runs. Default: true. */
  readonly skipBackOff?: boolean;
  /** `1.25` to `1.37`, or a patch such as `1.36.3`. */
  readonly kubernetesVersion?: string;
  /** Feature gates that differ from the version's default. */
  readonly featureGates?: Readonly<Record<string, boolean>>;
  /** The control groups of the node, which decide the effect of an OOM kill. Default: `v2`. */
  readonly cgroup?: CgroupVersion;
  /** True if an OOM kill ends only one process and not its container. Setting of the kubelet since 1.32. */
  readonly singleProcessOOMKill?: boolean;
  /** Setting of the kubelet, `{ maxContainerRestartPeriod: '60s' }`: the longest wait before a restart. */
  readonly crashLoopBackOff?: CrashLoopBackOff;
  /** Start of the random sequence. The same seed gives the same first probes. */
  readonly seed?: number;
}

const OPTIONS: OptionNames<RunPodOptions> = {
  images: true,
  workload: true,
  allow: true,
  services: true,
  skipBackOff: true,
  kubernetesVersion: true,
  featureGates: true,
  cgroup: true,
  singleProcessOOMKill: true,
  crashLoopBackOff: true,
  seed: true,
  configMaps: true,
  secrets: true,
};

/**
 * Runs the pod of a manifest (a path, YAML text, a parsed object, `helm(…)`, `kustomize(…)`, or several of them) on the
 * container engine, with its own kubelet. It resolves when the manifest is accepted and the engine responds, and prints
 * ignored fields to stderr once.
 *
 * @throws TypeError if an option does not exist.
 * @throws ManifestError if the manifest is invalid or blocked.
 * @throws RuntimeError if no container engine responds, an image cannot be built, or a service cannot be reached.
 */
export async function runPod(source: ManifestSource, options: RunPodOptions = {}): Promise<LivePod> {
  const { scope } = registry();
  const checked = checkedOptions('runPod', options, OPTIONS);
  const { loaded, notes, start } = await preparePod(source, checked);
  const hurry = tooLittleTimeFor(loaded.pod);
  tellOnce(hurry === undefined ? notes : [...notes, hurry]);
  return start({ scope });
}

/** Validated pod, which can be started any number of times. */
export interface PreparedPod {
  readonly loaded: LoadedManifest;
  /** Notes about ignored parts of the manifest, one sentence each. */
  readonly notes: readonly string[];
  /**
   * Resolves if the container engine answers and never failed to.
   *
   * @throws RuntimeError if it did.
   */
  readonly checkEngine: () => Promise<void>;
  /** Starts the pod of the manifest, or a changed copy of it. */
  readonly start: (of: StartOptions) => Promise<RunningPod>;
}

export interface StartOptions {
  readonly pod?: Pod;
  readonly scope: Scope;
  /** True if faults will be injected into the pod's services, also into those at an address. */
  readonly areServicesProxied?: boolean;
  /** True if the pod needs no other pod of this process, so that its start may wait for them to end. */
  readonly isIndependent?: boolean;
  /** Time that is skipped besides back-off. */
  readonly skips?: TimeSkips | undefined;
}

async function preparePod(source: ManifestSource, options: RunPodOptions): Promise<PreparedPod> {
  // The agent prepares the container engine while this process reads the manifest.
  const agent = liveAgent();
  return prepareRead(await read(source, agent), options);
}

/**
 * Gets the images of a manifest and the engine ready, as {@link runPod} does before it starts the pod.
 *
 * @throws ManifestError and RuntimeError as {@link runPod} does.
 */
export async function prepareRead(source: ReadSource, options: RunPodOptions = {}): Promise<PreparedPod> {
  const {
    skipBackOff = true,
    seed,
    cgroup,
    singleProcessOOMKill,
    crashLoopBackOff: _,
    images: asked = {},
    services = {},
    ...manifest
  } = options;
  checkOOMRule(options);
  const agent = liveAgent();
  const { images, builds } = splitImages(asked);
  const loaded = loadRead(source, { ...manifest, images });
  const { kubernetesVersion, featureGates } = manifest;
  const config = {
    ...(kubernetesVersion !== undefined && { kubernetesVersion }),
    ...(featureGates !== undefined && { featureGates }),
    ...(seed !== undefined && { seed }),
    ...(cgroup !== undefined && { cgroup }),
    ...(singleProcessOOMKill !== undefined && { singleProcessOOMKill }),
    ...crashLoopSetting(options),
    missingPullSecrets: missingPullSecrets(loaded.pod, loaded.config),
  };
  const order = {
    services: serviceAddresses(services),
    found: loaded.config,
    givenImages: Object.values(images),
    backend: loaded.backend,
    skipBackOff,
    config,
  };
  await Promise.all(builds.map((build) => agent.request('BuildImage', build)));
  return {
    loaded,
    notes: loaded.notes,
    checkEngine: async () => void (await agent.request('CheckEngine', {})),
    start: ({ pod = loaded.pod, scope, areServicesProxied = false, isIndependent = false, skips }) => {
      const services = areServicesProxied ? addProxies(order.services) : order.services;
      const own = { ...(skips && { skips }), isIndependent, services, key: agent.newKey(), pod };
      return RunningPod.start(agent, { ...order, ...own }, scope);
    },
  };
}

/** Returns the names of the given images, and the builds that they need. */
function splitImages(asked: NonNullable<RunPodOptions['images']>): { images: Images; builds: readonly ImageBuild[] } {
  const builds: ImageBuild[] = [];
  const name = (image: string | ImageBuild): string => {
    if (typeof image === 'string') return image;
    const build = resolveBuild(image);
    builds.push(build);
    return imageTag(build);
  };
  return { images: Object.fromEntries(Object.entries(asked).map(([key, image]) => [key, name(image)])), builds };
}

/** Reads a manifest. The test's process continues while a tool renders it. */
async function read(source: ManifestSource, agent: AgentProcess): Promise<ReadSource> {
  if (typeof source !== 'object' || !isToolSource(source)) return readSource(source);
  return readRendered(source, await agent.request('Render', { source, cwd: process.cwd() }));
}

/** Prints each note only once, because many tests can run the same manifest. */
function tellOnce(notes: readonly string[]): void {
  const { told } = registry();
  for (const note of notes) {
    if (!told.has(note)) process.stderr.write(`jest-kubelet: ${printable(note)}\n`);
    told.add(note);
  }
}

function liveAgent(): AgentProcess {
  refuseOldNode();
  const books = registry();
  if (!books.agent || books.agent.isGone) books.agent = new AgentProcess();
  return books.agent;
}
