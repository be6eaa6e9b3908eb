import { sleptSeconds } from '../manifest/facts/sleptSeconds';
import { type Container, containersOf, isSidecar, type Lifecycle, type PodSpec } from '../manifest/model';
import { type BackOffRange, backOffBeforeMs, longestRetryMs } from './backOff';
import { detectionTerms, givenUpTerms, resultTerms } from './probeTiming';
import { BACK_OFF } from './rules';
import { type StopReason, stopTiming } from './stopTiming';
import { sumOf, type Term, type Terms, term } from './terms';

/** How long a wait takes at most, and the reason. */
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
 * The longest start of a pod whose containers run: until all are Ready. Without postStart hooks, which come before. A
 * Deployment limits what no probe does.
 */
export function readyLimit(
  spec: PodSpec,
  { progressDeadlineSeconds }: { readonly progressDeadlineSeconds?: number | undefined } = {},
): WaitLimit {
  const limit = orDefault(longest(spec.containers.map(readyOf)));
  if (limit.limited || progressDeadlineSeconds === undefined) return limit;
  return limitOf(term('progressDeadlineSeconds', progressDeadlineSeconds * 1_000), true);
}

/** The longest start of containers that run: until they, or the one of that name, are started. */
export function startedLimit(spec: PodSpec, name?: string): WaitLimit {
  return orDefault(longest(chosen(spec, name).map(startOf)));
}

/** The longest run of a sidecar until it is started, which the next container waits for. */
export function sidecarLimit(container: Container): WaitLimit {
  return orDefault(startOf(container));
}

/** How long a postStart hook may take: a sleep as long as it says, and others as long as they like. */
export function postStartLimit({ lifecycle }: Container): WaitLimit | undefined {
  const { postStart } = lifecycle ?? {};
  if (!postStart) return undefined;
  if (postStart.sleep) return limitOf(term('postStart', postStart.sleep.seconds * 1_000), true);
  return limitOf(term('postStart', DEFAULT_MS + (sleptSeconds(postStart) ?? 0) * 1_000), false);
}

/** The same limit, from the start of the containers on: their postStart hooks run first, one after another. */
export function fromStart({ containers }: PodSpec, { terms, limited }: WaitLimit): WaitLimit {
  const hooks = containers.map(postStartLimit).filter((limit) => limit !== undefined);
  return limitOf([...hooks.flatMap((hook) => hook.terms), ...terms], limited && hooks.every((hook) => hook.limited));
}

/** The longest start of a pod from its first container on, each phase with its limit: init containers, hooks, probes. */
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

/** The longest time until a container, which runs, has been restarted that often: each time its probes, its stop and the back-off. */
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
 * The longest time until back-off refuses a start that often.
 *
 * A kill by a probe and its restart are one sync, which compares with the exit before. So back-off refuses the first
 * restart that follows a run shorter than the back-off, and none if a run takes longer than the longest back-off.
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

/** The longest time from a fault until the pod is not Ready: its readiness probe, or without one the restart. */
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

/** The longest time until a pod that runs has come to that phase: only `activeDeadlineSeconds` limits it. */
export function phaseLimit(spec: PodSpec, phase: string): WaitLimit {
  const { activeDeadlineSeconds } = spec;
  const isEnd = phase === 'Succeeded' || phase === 'Failed';
  if (!isEnd || activeDeadlineSeconds === undefined) return NO_LIMIT;
  return limitOf([...term('activeDeadlineSeconds', activeDeadlineSeconds * 1_000), ...stopTerms(spec)], true);
}

/** The longest time until a hook has run: postStart after its container's start, preStop when the container is stopped. */
export function hookLimit(spec: PodSpec, hook: keyof Lifecycle, name?: string): WaitLimit {
  if (hook === 'preStop') return restartLimit(spec, { container: name });
  return longest(chosen(spec, name).map((container) => postStartLimit(container) ?? limitOf([], true)));
}

/** The longest stop of a pod that is deleted. */
export function stopLimit(spec: PodSpec): WaitLimit {
  return limitOf(stopTerms(spec), true);
}

/** The longest time from an exit to the restart after a back-off. */
export function backOffLimit(delayMs: number): WaitLimit {
  return limitOf(term('back-off', longestRetryMs(delayMs)), true);
}

/** The same time as our default, where the manifest limits something else than what is waited for. */
export function asDefault({ terms, ms }: WaitLimit): WaitLimit {
  return ms < DEFAULT_MS ? NO_LIMIT : { ms, terms, limited: false };
}

/** A time of our own. */
export function defaultOf(ms: number): WaitLimit {
  return limitOf(term('default', ms), false);
}

function limitOf(terms: Terms, limited: boolean): WaitLimit {
  return { ms: sumOf(terms), terms, limited };
}

/** The longest of several that run side by side. It is the manifest's only if each of them is. */
function longest(limits: readonly WaitLimit[]): WaitLimit {
  const [most = limitOf([], true)] = limits.toSorted((one, other) => other.ms - one.ms);
  return limits.every(({ limited }) => limited) ? most : asDefault(most);
}

/** A pod without probes is Ready as soon as it runs, which may take what a start takes. */
function orDefault(limit: WaitLimit): WaitLimit {
  return limit.ms > 0 ? limit : NO_LIMIT;
}

/** Startup, or without it liveness, ends a start that takes too long. Then readiness has to succeed. */
function readyOf(container: Container): WaitLimit {
  const { readinessProbe: probe } = container;
  const start = startOf(container);
  if (!probe) return start;
  const readiness = resultTerms('readinessProbe', probe, Math.max(probe.failureThreshold, probe.successThreshold));
  return limitOf([...start.terms, ...readiness], start.terms.length > 0);
}

/** Without probes a container is started as soon as it runs. */
function startOf({ startupProbe, livenessProbe }: Container): WaitLimit {
  if (startupProbe) return limitOf(givenUpTerms('startupProbe', startupProbe), true);
  return limitOf(livenessProbe ? givenUpTerms('livenessProbe', livenessProbe) : [], true);
}

/** From the start of a container to its end by a probe: the latest fault, its detection and the stop. */
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

/** The longest stop of a container, or of any: the grace period, and the least one if that leaves less for the signal. */
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

/** A failed postStart hook ends a container as well, with the grace period of the pod. */
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

/** The containers that have probes: plain init containers run to their end. */
function keptContainers({ initContainers, containers }: PodSpec): readonly Container[] {
  return [...initContainers.filter(isSidecar), ...containers];
}
