import type { Instant } from '../../clock/instant';
import type { Container, PodSpec } from '../../manifest/model';
import type { Event, KubeletEvent, KubeletReason } from '../../timeline/event';
import type { LateHook } from '../state/pass';
import type { Command } from '../state/protocol';
import { random } from '../state/random';

/**
 * Effects of a step besides the next state. They only grow: a reducer adds to them, and reads only their instant and
 * draws.
 */
export interface Effects extends Draws {
  readonly at: Instant;
  /** The spec at the beginning of the step, which tells init containers from the others. */
  readonly spec: Pick<PodSpec, 'initContainers'>;
  readonly commands: Command[];
  readonly events: Event[];
  /** Hooks for which the kubelet waits no longer. */
  readonly lateHooks: LateHook[];
}

/**
 * Values that no two steps may use twice: the numbers of runs, and random numbers. A step begins with the draws of the
 * one before.
 */
export interface Draws {
  /** The number that the next run of a probe or hook gets. */
  nextRun: number;
  /** The seed of the next chance. */
  random: number;
}

interface Before extends Readonly<Draws> {
  readonly pod: Pick<{ readonly spec: Pick<PodSpec, 'initContainers'> }, 'spec'>;
}

/** Begins the effects of a step on a pod. */
export function newEffects({ pod, nextRun, random: seed }: Before, at: Instant): Effects {
  return { at, spec: pod.spec, commands: [], events: [], lateHooks: [], nextRun, random: seed };
}

export function command(out: Effects, next: Command): void {
  out.commands.push(next);
}

export function emit(out: Effects, event: Event): void {
  out.events.push(event);
}

/** Records an event as `kubectl describe` lists it. */
export function recordEvent(
  out: Effects,
  kind: KubeletReason,
  message: string,
  more: { readonly container?: Container } & Pick<
    KubeletEvent,
    'attempt' | 'probe' | 'cause' | 'failed' | 'delayed' | 'delayMs'
  > & { readonly failure?: KubeletEvent['failure'] | undefined } = {},
): void {
  const { container, failure, ...rest } = more;
  const warning = !NORMAL.has(kind) && rest.delayed !== 'pull';
  emit(out, {
    source: 'kubelet',
    kind,
    at: out.at,
    type: warning ? 'Warning' : 'Normal',
    message,
    from: 'kubelet',
    ...(container ? { container: container.name, fieldPath: fieldPathOf(out.spec, container) } : {}),
    ...rest,
    ...(failure && { failure }),
  });
}

/** The reasons of Normal events; a back-off is one only while an image is pulled. */
const NORMAL: ReadonlySet<KubeletReason> = new Set([
  'Scheduled',
  'Pulling',
  'Pulled',
  'Created',
  'Started',
  'Killing',
  'SandboxChanged',
  'DeadlineExceeded',
]);

function fieldPathOf({ initContainers }: Effects['spec'], container: Container): string {
  const isInit = initContainers.some(({ name }) => name === container.name);
  return `spec.${isInit ? 'initContainers' : 'containers'}{${container.name}}`;
}

export function drawRun(out: Effects): number {
  const run = out.nextRun;
  out.nextRun += 1;
  return run;
}

/** Draws a number in [0, 1). */
export function drawChance(out: Effects): number {
  const [value, next] = random(out.random);
  out.random = next;
  return value;
}

/** Draws a factor from 1 to 1 + `jitter`. Source: apimachinery wait.Jitter. */
export function drawJitter(out: Effects, jitter: number): number {
  return jitter === 0 ? 1 : 1 + drawChance(out) * jitter;
}
