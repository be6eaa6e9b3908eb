import type { Instant } from '../../clock/instant';
import type { Container } from '../../manifest/model';
import type { Event, KubeletEvent, KubeletReason } from '../../timeline/event';
import type { Pass, SyncState } from '../state/pass';
import type { BackOffState, PodState } from '../state/podState';
import type { Command } from '../state/protocol';
import { random } from '../state/random';

/** One step being worked out: the state as far as it has come, and what has been said on the way. */
export interface Turn {
  readonly state: PodState;
  readonly at: Instant;
  readonly commands: Command[];
  readonly events: Event[];
}

/** Begins a turn on a copy of the state: whoever holds the one before keeps it as it was. */
export function newTurn(state: PodState, at: Instant): Turn {
  return { state: { ...state }, at, commands: [], events: [] };
}

export function command(turn: Turn, next: Command): void {
  turn.commands.push(next);
}

export function emit(turn: Turn, event: Event): void {
  turn.events.push(event);
}

/** The turn's state is its own copy until the turn is over, so it is written in place. */
export function change(turn: Turn, part: Partial<PodState>): void {
  Object.assign(turn.state, part);
}

export function changeSync(turn: Turn, part: Partial<SyncState>): void {
  change(turn, { sync: { ...turn.state.sync, ...part } });
}

/** The pass under way, if it is still under way. */
export function changePass(turn: Turn, part: Partial<Pass>): void {
  const { pass } = turn.state.sync;
  if (pass) changeSync(turn, { pass: { ...pass, ...part } });
}

export function changeBackOff(turn: Turn, part: Partial<BackOffState>): void {
  change(turn, { backOff: { ...turn.state.backOff, ...part } });
}

/** Records an event as `kubectl describe` will list it. */
export function recordEvent(
  turn: Turn,
  kind: KubeletReason,
  message: string,
  more: { readonly container?: Container } & Pick<KubeletEvent, 'attempt' | 'probe' | 'delayMs'> = {},
): void {
  const { container, ...rest } = more;
  const warning = !NORMAL.has(kind) && !(kind === 'BackOff' && message.startsWith('Back-off pulling'));
  emit(turn, {
    source: 'kubelet',
    kind,
    at: turn.at,
    type: warning ? 'Warning' : 'Normal',
    message,
    from: 'kubelet',
    ...(container ? { container: container.name, fieldPath: fieldPathOf(turn.state, container) } : {}),
    ...rest,
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

function fieldPathOf(state: PodState, container: Container): string {
  const isInit = state.pod.spec.initContainers.some(({ name }) => name === container.name);
  return `spec.${isInit ? 'initContainers' : 'containers'}{${container.name}}`;
}

export function nextRun(turn: Turn): number {
  const run = turn.state.nextRun;
  change(turn, { nextRun: run + 1 });
  return run;
}

/** A factor from 1 to 1 + the profile's jitter. Source: apimachinery wait.Jitter. */
export function jitter(turn: Turn): number {
  const { profile } = turn.state.config;
  if (profile.jitter === 0) return 1;
  const [value, next] = random(turn.state.random);
  change(turn, { random: next });
  return 1 + value * profile.jitter;
}
