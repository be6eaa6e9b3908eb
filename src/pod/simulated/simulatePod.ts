import { type Allocatable, type CgroupVersion, IDEAL, type KubeletConfig, type Profile, random } from '../../kubelet';
import { BLOCKED_FIELDS } from '../../manifest/admission/fields';
import type { GivenConfig } from '../../manifest/config/configObjects';
import { type LoadPodOptions, loadManifest } from '../../manifest/loadPod';
import type { ManifestSource } from '../../manifest/source/source';
import { checkScript } from '../../runtime/scripted/checkScript';
import type { AppScript } from '../../runtime/scripted/script';
import { type CrashLoopBackOff, crashLoopSetting } from '../shared/crashLoopBackOff';
import { recordWhenOver } from '../shared/keepRecord';
import { checkOOMRule } from '../shared/oomRule';
import { checkedOptions, type OptionNames } from '../shared/options';
import { ScriptedPod } from './scriptedPod';
import type { SimulatedPod } from './simulatedPod';

/** Options of a simulated pod. */
export interface SimulatePodOptions extends GivenConfig {
  /** The workload of the manifest whose pod is simulated, `Deployment/checkout`, if it has several. */
  readonly workload?: string;
  /** Checks to skip, such as `unknown-port`. */
  readonly allow?: NonNullable<LoadPodOptions['allow']>;
  /** `1.25` to `1.37`, or a patch such as `1.36.3`. Default: 1.37. */
  readonly kubernetesVersion?: string;
  /** Feature gates that differ from the version's default. */
  readonly featureGates?: Readonly<Record<string, boolean>>;
  /** Resources that the node has for pods, as quantities, `{ cpu: '4', memory: '16Gi' }`. Default: unlimited. */
  readonly allocatable?: Allocatable;
  /** Times that depend on the node. Default: no delays. */
  readonly profile?: Profile;
  /** The control groups of the node, which decide the effect of an OOM kill. Default: `v2`. */
  readonly cgroup?: CgroupVersion;
  /** True if an OOM kill ends only one process and not its container. Setting of the kubelet since 1.32. */
  readonly singleProcessOOMKill?: boolean;
  /** Setting of the kubelet, `{ maxContainerRestartPeriod: '60s' }`: the longest wait before a restart. */
  readonly crashLoopBackOff?: CrashLoopBackOff;
  /**
   * Start of the random sequence, so that the same seed gives the same run. It also chooses the order of the probes'
   * ticks, of which `toBecomeReady` otherwise tries several.
   */
  readonly seed?: number;
}

const OPTIONS: OptionNames<SimulatePodOptions> = {
  workload: true,
  allow: true,
  configMaps: true,
  secrets: true,
  kubernetesVersion: true,
  featureGates: true,
  cgroup: true,
  singleProcessOOMKill: true,
  crashLoopBackOff: true,
  allocatable: true,
  profile: true,
  seed: true,
};

/**
 * Simulates the kubelet for a pod in virtual time, a day in about a second, and a script replaces its processes. Time
 * passes only during a wait: in a matcher, `advance` or `delete`.
 *
 * @throws ManifestError if the API server would reject the manifest.
 * @throws TypeError if an option does not exist, or the script has an unknown container, an unknown key or an invalid
 * duration.
 */
export function simulatePod(
  source: ManifestSource,
  app: AppScript = {},
  options: SimulatePodOptions = {},
): SimulatedPod {
  const checked = checkedOptions('simulatePod', options, OPTIONS);
  checkOOMRule(checked);
  const { workload, allow = [], configMaps = {}, secrets = {}, crashLoopBackOff: _, ...given } = checked;
  const config = { ...given, ...crashLoopSetting(checked) };
  const {
    pod,
    config: found,
    backend,
  } = loadManifest(source, {
    configMaps,
    secrets,
    ...(workload === undefined ? {} : { workload }),
    // A script cannot access this machine.
    allow: [...allow, ...BLOCKED_FIELDS.map((field) => field.allow)],
    ...(config.kubernetesVersion === undefined ? {} : { kubernetesVersion: config.kubernetesVersion }),
    ...(config.featureGates === undefined ? {} : { featureGates: config.featureGates }),
  });
  checkScript(app, pod);
  const simulated = new ScriptedPod(pod, app, { ...config, ...orderOf(config) }, { found, backend });
  recordWhenOver(simulated);
  return simulated;
}

/** Returns the order of the ticks, which a seed gives on a node without delays of its own. */
function orderOf({ seed, profile = IDEAL }: SimulatePodOptions): Pick<KubeletConfig, 'tickPhase'> {
  return seed === undefined || profile !== IDEAL ? {} : { tickPhase: random(seed)[0] };
}
