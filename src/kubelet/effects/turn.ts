import type { Instant } from '../../clock/instant';
import type { SyncState } from '../state/pass';
import type { BackOffState, PodState } from '../state/podState';
import { type Effects, newEffects } from './effects';

/** One step being worked out: the state as far as it has come, and its effects. */
export interface Turn extends Effects {
  readonly state: PodState;
}

/** Begins a turn on a copy of the state: whoever holds the one before keeps it as it was. */
export function newTurn(state: PodState, at: Instant): Turn {
  return { state: { ...state }, ...newEffects(state, at) };
}

/** The state that the turn came to. */
export function stateAfter({ state, nextRun, random, lateHooks }: Turn): PodState {
  const late = lateHooks.length === 0 ? state.lateHooks : [...state.lateHooks, ...lateHooks];
  return { ...state, nextRun, random, lateHooks: late };
}

/** The turn's state is its own copy until the turn is over, so it is written in place. */
export function change(turn: Turn, part: Partial<PodState>): void {
  Object.assign(turn.state, part);
}

export function changeSync(turn: Turn, part: Partial<SyncState>): void {
  change(turn, { sync: { ...turn.state.sync, ...part } });
}

export function changeBackOff(turn: Turn, part: Partial<BackOffState>): void {
  change(turn, { backOff: { ...turn.state.backOff, ...part } });
}
