import { type Instant, wholeSeconds } from '../../clock/instant';
import type { Container, ContainerLists, PodSpec } from '../../manifest/model';
import { containersOf, isSidecar } from '../../manifest/model';
import type { ConditionStatus, ContainerStatus, PodCondition, PodPhase } from '../../timeline/podStatus';
import type { Behavior } from '../behavior/behavior';
import { restartsAllContainers } from '../container/helpers';
import { isUsable, newestOf, type RuntimeState, type Sandbox } from '../state/runtimeState';

/** A condition as it is decided, before it is known since when. */
export type ConditionResult = Pick<PodCondition, 'status' | 'reason' | 'message'>;

export interface ConditionView {
  readonly spec: ContainerLists & Pick<PodSpec, 'readinessGates'>;
  readonly phase: PodPhase;
  /** Undefined if nothing at all is known of the containers. */
  readonly containerStatuses: readonly ContainerStatus[] | undefined;
  readonly initContainerStatuses: readonly ContainerStatus[];
}

const TRUE: ConditionResult = { status: 'True' };
const NO_STATUSES: ConditionResult = { status: 'False', reason: 'UnknownContainerStatuses' };

/** Source: status/generate.go `GenerateContainersReadyCondition`. */
export function containersReady({
  spec,
  phase,
  containerStatuses,
  initContainerStatuses,
}: ConditionView): ConditionResult {
  if (!containerStatuses) return NO_STATUSES;
  const statuses = [...initContainerStatuses, ...containerStatuses];
  const watched = [...spec.initContainers.filter(isSidecar), ...spec.containers];
  return (
    terminalVerdict(phase) ??
    judge(watched, statuses, (status) => status.ready, 'ContainersNotReady', 'unready') ??
    TRUE
  );
}

/** Source: status/generate.go `GeneratePodReadyCondition`. */
export function podReady(view: ConditionView, conditions: Readonly<Record<string, ConditionStatus>>): ConditionResult {
  const containers = containersReady(view);
  if (containers.status !== 'True') return containers;
  const messages = (view.spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const status = conditions[conditionType];
    if (status === 'True') return [];
    return status === undefined
      ? [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`]
      : [`the status of pod readiness gate "${conditionType}" is not "True", but ${status}`];
  });
  if (messages.length === 0) return TRUE;
  return { status: 'False', reason: 'ReadinessGatesNotReady', message: messages.join(', ') };
}

/** Source: status/generate.go `GeneratePodInitializedCondition`. */
export function computeInitialized(view: ConditionView): ConditionResult {
  const { spec, phase, containerStatuses, initContainerStatuses } = view;
  if (!containerStatuses && spec.containers.length > 0 && spec.initContainers.length > 0) return NO_STATUSES;
  // A regular container that has ever started proves it, whatever has become of the init containers since.
  const proven = (containerStatuses ?? []).some(
    ({ state, lastState, started }) => started || state.running || state.terminated || lastState.terminated,
  );
  if (phase === 'Succeeded') return { status: 'True', reason: 'PodCompleted' };
  if (proven) return TRUE;
  const done = (status: ContainerStatus, container: Container) =>
    isSidecar(container) ? status.started === true : status.ready;
  return judge(spec.initContainers, initContainerStatuses, done, 'ContainersNotInitialized', 'incomplete') ?? TRUE;
}

/** Source: status/generate.go `GeneratePodReadyToStartContainersCondition`. */
export function podReadyToStartContainers(sandbox: Sandbox | undefined, behavior: Behavior): ConditionResult {
  if (isUsable(sandbox)) return TRUE;
  if (!behavior.explainsMissingSandbox) return { status: 'False' };
  return { status: 'False', reason: 'PodSandboxNotReady', message: describeUnusable(sandbox) };
}

/** Source: kuberuntime/util `PodSandboxChanged`; a pod here has one sandbox at a time, and no other network mode later. */
function describeUnusable(sandbox: Sandbox | undefined): string {
  if (!sandbox) return 'no pod sandbox exists';
  return sandbox.ready ? 'pod sandbox has no IP address' : 'pod sandbox is not ready';
}

/**
 * True from the exit that restarts all containers until the runtime has forgotten every one of them.
 *
 * Source: status/generate.go `GenerateAllContainersRestartingCondition`.
 */
export function allContainersRestarting(
  spec: ContainerLists,
  phase: PodPhase,
  runtime: RuntimeState,
  previous: ConditionStatus | undefined,
  behavior: Behavior,
): ConditionResult {
  const terminal = terminalVerdict(phase);
  if (terminal) return terminal;
  const underWay = previous === 'True' && runtime.instances.length > 0;
  if (!underWay && !triggersRestartOfAll(spec, runtime, behavior)) return { status: 'False' };
  return {
    status: 'True',
    reason: 'RestartAllContainersStarted',
    message: 'container exited with restart policy rule',
  };
}

/** Returns whether some container's last exit matches a rule that restarts every container. */
export function triggersRestartOfAll(spec: ContainerLists, runtime: RuntimeState, behavior: Behavior): boolean {
  return containersOf(spec).some((container) => {
    const newest = newestOf(runtime, container.name);
    return newest?.state === 'exited' && restartsAllContainers(container, newest.exitCode ?? 0, behavior);
  });
}

/** Returns whether a pod has the condition at all: only one with such a rule does. */
export function mayRestartAllContainers(spec: ContainerLists, behavior: Behavior): boolean {
  return (
    behavior.restartsAllContainers &&
    containersOf(spec).some((container) =>
      container.restartPolicyRules?.some(({ action }) => action === 'RestartAllContainers'),
    )
  );
}

/** Joins a condition with the one before it: the transition time moves only when the status flips. */
export function transition(
  type: string,
  verdict: ConditionResult,
  before: readonly PodCondition[],
  at: Instant,
): PodCondition {
  const previous = before.find((condition) => condition.type === type);
  const since = previous?.status === verdict.status ? previous.lastTransitionTime : undefined;
  return { type, ...verdict, lastTransitionTime: since ?? wholeSeconds(at) };
}

function terminalVerdict(phase: PodPhase): ConditionResult | undefined {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  return undefined;
}

/** Returns undefined if every container fulfills it; otherwise False with the names of those that do not. */
function judge(
  containers: readonly Container[],
  statuses: readonly ContainerStatus[],
  fulfils: (status: ContainerStatus, container: Container) => boolean,
  reason: string,
  word: string,
): ConditionResult | undefined {
  const unknown: string[] = [];
  const failing: string[] = [];
  for (const container of containers) {
    const status = statuses.find(({ name }) => name === container.name);
    if (!status) unknown.push(container.name);
    else if (!fulfils(status, container)) failing.push(container.name);
  }
  const parts = [
    ...(unknown.length > 0 ? [`containers with unknown status: [${unknown.join(' ')}]`] : []),
    ...(failing.length > 0 ? [`containers with ${word} status: [${failing.join(' ')}]`] : []),
  ];
  return parts.length === 0 ? undefined : { status: 'False', reason, message: parts.join(', ') };
}
