import { sleptSeconds } from '../manifest/facts/sleptSeconds';
import { type Container, containersOf, isSidecar, type Lifecycle, type PodSpec } from '../manifest/model';
import { type BackOffRange, backOffBeforeMs, longestRetryMs } from './backOff';
import { detectionTerms, givenUpTerms, resultTerms } from './probeTiming';
import { BACK_OFF } from './rules';
import { type StopReason, stopTiming } from './stopTiming';
import { sumOf, type Term, type Terms, term } from './terms';

/** Longest time of a wait, and its reason. */
export interface WaitLimit {
  readonly ms: number;
  readonly terms: Terms;
  /** True if the manifest sets it. Otherwise it is our default. */
  readonly limited: boolean;
}

/** Default for what the manifest does not limit. */
const DEFAULT_MS = 60_000;
/** A busy machine reports a fault that much late. */
export const ALLOWANCE_MS = 2_000;
const ALLOWANCE = term('allowance', ALLOWANCE_MS);

/** The wait for what nothing in the manifest limits. */
export const NO_LIMIT: WaitLimit = defaultOf(DEFAULT_MS);
/** The pull of one image. */
export const PULL_LIMIT: WaitLimit = defaultOf(300_000);

/**
 * Returns the longest start of a pod whose containers run, until all are Ready, without the postStart hooks before it.
 * A Deployment limits it if no probe does.
 */
export function readyLimit(
  spec: PodSpec,
  { progressDeadlineSeconds }: { readonly progressDeadlineSeconds?: number | undefined } = {},
): WaitLimit {
  const limit = orDefault(longest(spec.containers.map(readyOf)));
  if (limit.limited || progressDeadlineSeconds === undefined) return limit;
  return limitOf(term('progressDeadlineSeconds', progressDeadlineSeconds * 1_000), true);
}

/** Returns the longest start of containers that run, or of the one of that name. */
export function startedLimit(spec: PodSpec, name?: string): WaitLimit {
  return orDefault(longest(chosen(spec, name).map(startOf)));
}

/** Returns the longest start of a sidecar, which the next container waits for. */
export function sidecarLimit(container: Container): WaitLimit {
  return orDefault(startOf(container));
}

/** Returns how long a postStart hook may take: only a sleep has a limit. */
export function postStartLimit({ lifecycle }: Container): WaitLimit | undefined {
  const { postStart } = lifecycle ?? {};
  if (!postStart) return undefined;
  if (postStart.sleep) return limitOf(term('postStart', postStart.sleep.seconds * 1_000), true);
  return limitOf(term('postStart', DEFAULT_MS + (sleptSeconds(postStart) ?? 0) * 1_000), false);
}

/**
 * Returns the same limit counted from the start of the containers: their postStart hooks run first, one after another.
 */
export function fromStart({ containers }: PodSpec, { terms, limited }: WaitLimit): WaitLimit {
  const hooks = containers.map(postStartLimit).filter((limit) => limit !== undefined);
  return limitOf([...hooks.flatMap((hook) => hook.terms), ...terms], limited && hooks.every((hook) => hook.limited));
}

/**
 * Returns the longest start of a pod since the start of its first container, as the sum of its phases: init containers,
 * hooks, probes.
 */
export function wholeStartLimit(spec: PodSpec): WaitLimit {
  const ready = fromStart(spec, readyLimit(spec));
  const before = spec.initContainers.map((container) => (isSidecar(container) ? sidecarLimit(container) : NO_LIMIT));
  return limitOf([...before.flatMap(({ terms }) => terms), ...ready.terms], ready.limited);
}

/** The restarts that a wait is for. */
export interface RestartsAwaited {
  readonly container?: string | undefined;
  readonly times?: number | undefined;
}

/**
 * Returns the longest time until a running container has been restarted that often: each time its probes, its stop and
 * the back-off.
 */
export function restartLimit(
  spec: PodSpec,
  { container, times = 1 }: RestartsAwaited = {},
  backOff: BackOffRange = BACK_OFF,
): WaitLimit {
  const life = lifeLimit(spec, container);
  const backOffs: Term[] = Array.from({ length: times - 1 }, (_, index) => {
    return { name: 'back-off', times: 1, ms: longestRetryMs(backOffBeforeMs(index + 2, backOff)) };
  });
  const lives: Terms = times === 1 ? life.terms : [{ name: 'repeated', times, terms: life.terms }];
  return limitOf([...lives, ...backOffs], life.limited);
}

/**
 * Returns the longest time until back-off refuses a start that often. A kill by a probe and its restart are one sync,
 * which compares with the exit before: back-off refuses the first restart after a run that is shorter than the
 * back-off.
 */
export function crashLoopLimit(
  spec: PodSpec,
  { container, times = 1 }: RestartsAwaited = {},
  { initialMs, maxMs }: BackOffRange = BACK_OFF,
): WaitLimit {
  const life = lifeLimit(spec, container);
  let free = 2;
  for (let delayMs = initialMs; delayMs <= Math.min(life.ms, maxMs - 1); delayMs *= 2) free += 1;
  const lives: Terms = [{ name: 'repeated', times: free + times, terms: life.terms }];
  const backOffs: Terms = times > 1 ? [{ name: 'back-off', times: times - 1, ms: longestRetryMs(maxMs) }] : [];
  const limited = life.limited && life.ms < maxMs;
  return limitOf([...lives, ...backOffs], limited);
}

/** Returns the longest time from a fault until the pod is not Ready, by its readiness probe or by a restart. */
export function unreadyLimit(spec: PodSpec, times = 1): WaitLimit {
  const one = longest(
    keptContainers(spec).map((container) => {
      const { readinessProbe: probe } = container;
      if (!probe) return lifeLimit(spec, container.name);
      return limitOf([...detectionTerms('readinessProbe', probe), ...ALLOWANCE], true);
    }),
  );
  return times === 1 ? one : limitOf([{ name: 'repeated', times, terms: one.terms }], false);
}

/** Returns the longest time until a running pod is in that phase: only `activeDeadlineSeconds` limits it. */
export function phaseLimit(spec: PodSpec, phase: string): WaitLimit {
  const { activeDeadlineSeconds } = spec;
  const isEnd = phase === 'Succeeded' || phase === 'Failed';
  if (!isEnd || activeDeadlineSeconds === undefined) return NO_LIMIT;
  return limitOf([...term('activeDeadlineSeconds', activeDeadlineSeconds * 1_000), ...stopTerms(spec)], true);
}

/**
 * Returns the longest time until a hook has run: postStart after its container's start, preStop when the container is
 * stopped.
 */
export function hookLimit(spec: PodSpec, hook: keyof Lifecycle, name?: string): WaitLimit {
  if (hook === 'preStop') return restartLimit(spec, { container: name });
  return longest(chosen(spec, name).map((container) => postStartLimit(container) ?? limitOf([], true)));
}

/** Returns the longest stop of a deleted pod. */
export function stopLimit(spec: PodSpec): WaitLimit {
  return limitOf(stopTerms(spec), true);
}

/** Returns the longest time from an exit to the restart after a back-off. */
export function backOffLimit(delayMs: number): WaitLimit {
  return limitOf(term('back-off', longestRetryMs(delayMs)), true);
}

/** Returns the same time as our default, for a manifest that limits something else. */
export function asDefault({ terms, ms }: WaitLimit): WaitLimit {
  return ms < DEFAULT_MS ? NO_LIMIT : { ms, terms, limited: false };
}

/** Returns a time of our own. */
export function defaultOf(ms: number): WaitLimit {
  return limitOf(term('default', ms), false);
}

function limitOf(terms: Terms, limited: boolean): WaitLimit {
  return { ms: sumOf(terms), terms, limited };
}

/** Returns the longest of several limits that run side by side. It is the manifest's only if each of them is. */
function longest(limits: readonly WaitLimit[]): WaitLimit {
  const [most = limitOf([], true)] = limits.toSorted((one, other) => other.ms - one.ms);
  return limits.every(({ limited }) => limited) ? most : asDefault(most);
}

/** Returns the limit of a start if there is no other: a pod without probes is Ready as soon as it runs. */
function orDefault(limit: WaitLimit): WaitLimit {
  return limit.ms > 0 ? limit : NO_LIMIT;
}

/**
 * Returns the longest time until Ready: startup, or without it liveness, ends a start that takes too long, and then
 * readiness has to succeed.
 */
function readyOf(container: Container): WaitLimit {
  const { readinessProbe: probe } = container;
  const start = startOf(container);
  if (!probe) return start;
  const readiness = resultTerms('readinessProbe', probe, Math.max(probe.failureThreshold, probe.successThreshold));
  return limitOf([...start.terms, ...readiness], start.terms.length > 0);
}

/** Returns the longest start of a container, which is started as soon as it runs if it has no probes. */
function startOf({ startupProbe, livenessProbe }: Container): WaitLimit {
  if (startupProbe) return limitOf(givenUpTerms('startupProbe', startupProbe), true);
  return limitOf(livenessProbe ? givenUpTerms('livenessProbe', livenessProbe) : [], true);
}

/**
 * Returns the longest time from the start of a container to its end by a probe: the latest fault, its detection and the
 * stop.
 */
function lifeLimit(spec: PodSpec, name?: string): WaitLimit {
  const lives = chosen(spec, name).map((container) => {
    const { startupProbe, livenessProbe } = container;
    const probes = [
      ...(startupProbe ? givenUpTerms('startupProbe', startupProbe) : []),
      ...(livenessProbe ? givenUpTerms('livenessProbe', livenessProbe) : []),
    ];
    const hook = postStartLimit(container);
    return limitOf(
      [...(hook?.terms ?? []), ...probes, ...stopTerms(spec, container), ...ALLOWANCE],
      probes.length > 0 && hook?.limited !== false,
    );
  });
  return longest(lives);
}

/**
 * Returns the longest stop of a container, or of any: the grace period, and the least one if that leaves less for the
 * signal.
 */
function stopTerms(spec: PodSpec, container?: Container): Terms {
  const stops = container
    ? reasonsToStop(container).map((reason) => stopTiming(container, spec, reason))
    : containersOf(spec).map((each) => stopTiming(each, spec, 'other'));
  const [longest] = stops.toSorted((one, other) => other.goneByMs - one.goneByMs);
  const { graceMs = 0, goneByMs = 0 } = longest ?? {};
  const beyondMs = goneByMs - graceMs;
  return [
    ...(graceMs > 0 ? term('grace period', graceMs) : []),
    ...(beyondMs > 0 ? term('minimum grace period', beyondMs) : []),
  ];
}

/**
 * Returns the reasons that can stop a container. A failed postStart hook ends it as well, with the grace period of the
 * pod.
 */
function reasonsToStop({ livenessProbe, startupProbe, lifecycle }: Container): readonly StopReason[] {
  return [
    ...(livenessProbe ? (['liveness'] as const) : []),
    ...(startupProbe ? (['startup'] as const) : []),
    ...((!livenessProbe && !startupProbe) || lifecycle?.postStart ? (['other'] as const) : []),
  ];
}

function chosen(spec: PodSpec, name: string | undefined): readonly Container[] {
  return name === undefined ? keptContainers(spec) : containersOf(spec).filter((container) => container.name === name);
}

/** Returns the containers that have probes: plain init containers run to their end. */
function keptContainers({ initContainers, containers }: PodSpec): readonly Container[] {
  return [...initContainers.filter(isSidecar), ...containers];
}
