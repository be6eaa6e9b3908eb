export type { ExecOutcome } from './agent/ipc/messages';
export type { WantedExit } from './assertions/endings/exitedWith';
export type { WantedEvent } from './assertions/events/events';
export type { WhichHook } from './assertions/events/ranHook';
export type { WhichCrashLoop } from './assertions/restarts/crashLoop';
export type { WhichRestart } from './assertions/restarts/restarted';
export type { AllowedRestarts } from './assertions/restarts/restartsAtMost';
export type { WantedCondition } from './assertions/status/condition';
export type { WantedContainerState } from './assertions/status/containerState';
export type { Duration } from './clock/duration';
export type { Instant } from './clock/instant';
export { type Allocatable, IDEAL, NODE, type Profile } from './kubelet';
export type { Finding } from './lint/finding';
export { type LintOptions, type LintReport, lint } from './lint/lint';
export type { Severity } from './lint/rule';
export type { FindingCode } from './lint/rules';
export { ManifestError, type Problem } from './manifest/error';
export type { Pod, PodSpec } from './manifest/model';
export type { ManifestSource } from './manifest/source/source';
export { type HelmOptions, type HelmSource, helm, type KustomizeSource, kustomize } from './manifest/source/tools';
export type { LiveContainer } from './pod/live/liveContainer';
export type { LivePod } from './pod/live/livePod';
export type { LiveService } from './pod/live/liveService';
export { type RunPodOptions, runPod } from './pod/live/runPod';
export type { GivenService } from './pod/live/services';
export type { APIPodStatus } from './pod/shared/apiStatus';
export { ExecError } from './pod/shared/execError';
export type { PodTimeline } from './pod/shared/podTimeline';
export type { PodClient, RequestsOptions } from './pod/shared/requests';
export {
  type SimulatedContainer,
  type SimulatedPod,
  type SimulatePodOptions,
  simulatePod,
} from './pod/simulated/simulatePod';
export { type DescribeEventsOptions, describeEvents } from './report/kubectl/describeEvents';
export { getPodWatch, PodWatch } from './report/kubectl/podWatch';
export type { Line } from './report/summary/line';
export { storyOf } from './report/summary/summary';
export { timelineSerializer } from './report/summary/timelineSnapshot';
export type { Limits } from './runtime/docker/containers/limits';
export type { ImageBuild } from './runtime/imageBuild';
export { RuntimeError } from './runtime/runtimeError';
export type { AppScript, ScriptEntry } from './runtime/scripted/script';
export type { Event, EventKind, EventOf, KubeletEvent, KubeletReason } from './timeline/event';
export type { RestartCause } from './timeline/history/restarts';
export type { ContainerState, ContainerStatus, PodCondition, PodPhase, PodStatus } from './timeline/podStatus';
export type { Timeline } from './timeline/timeline';
export type { Gone, Rehearsal, Surrounding } from './waiting/podRun';
