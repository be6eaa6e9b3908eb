import type { Moment, Observed, RecordedEvent } from '../recording/observed';
import { align, type Pair } from './align';
import { CHANCE, type Limits, ON_NODE, TOLERANCE } from './limits';

/** A difference between a recording and a simulation, as text. */
export interface Difference {
  readonly kind: 'differs' | 'timing';
  readonly text: string;
}

/** Returns the differences between two observations of a pod that chance does not explain. */
export function differencesOf(played: Observed, recorded: Observed, limits: Limits = ON_NODE): readonly Difference[] {
  const endMs = Math.min(played.endMs, recorded.endMs);
  const names = new Set([...recorded.tracks.keys(), ...played.tracks.keys()]);
  const tracks = [...names].flatMap((name) =>
    compareTracks(name, played.tracks.get(name) ?? [], recorded.tracks.get(name) ?? [], { endMs, ...limits }),
  );
  const texts = new Set([...recorded.events.keys(), ...played.events.keys()]);
  const events = [...texts].flatMap((text) => compareEvents(text, played, recorded, { endMs, ...limits }));
  return [...tracks, ...events];
}

function compareTracks(
  name: string,
  played: readonly Moment[],
  recorded: readonly Moment[],
  { endMs, ...limits }: Limits & { readonly endMs: number },
): readonly Difference[] {
  const pairs = align(
    played.filter(({ atMs }) => atMs <= endMs),
    recorded.filter(({ atMs }) => atMs <= endMs),
    endMs,
    limits,
  );
  const alone = pairs.find((pair) => pair.kind !== 'both' && !pair.isChance);
  if (alone && alone.kind !== 'both') {
    const who = alone.kind === 'played' ? 'only the simulation shows' : 'only the recording shows';
    return [{ kind: 'differs', text: `${name}: ${who} ${quote(alone.only.shows)} at ${seconds(alone.only.atMs)}` }];
  }
  return lateness(name, pairs, limits);
}

/** Returns differences of times that exceed the status lag and the jitter of the previous wait. */
function lateness(name: string, pairs: readonly Pair[], { statusLagMs }: Limits): readonly Difference[] {
  let before = { offMs: 0, atMs: 0 };
  for (const pair of pairs) {
    if (pair.kind !== 'both') continue;
    const { played, recorded } = pair;
    const offMs = recorded.atMs - played.atMs;
    const waitedMs = Math.min(recorded.atMs, played.atMs) - before.atMs;
    const mayBeMs = statusLagMs + TOLERANCE.jitter * Math.max(waitedMs, 0);
    if (Math.abs(offMs - before.offMs) > mayBeMs) {
      const text = `${name}: ${quote(played.shows)} at ${seconds(played.atMs)}, recorded at ${seconds(recorded.atMs)}`;
      return [{ kind: 'timing', text }];
    }
    before = { offMs, atMs: Math.min(recorded.atMs, played.atMs) };
  }
  return [];
}

function compareEvents(
  text: string,
  played: Observed,
  recorded: Observed,
  { endMs, countFactor }: Limits & { readonly endMs: number },
): readonly Difference[] {
  const [one, other] = [played.events.get(text), recorded.events.get(text)];
  const counts = { played: one?.count ?? 0, recorded: other?.count ?? 0 };
  const isChance = one && other ? true : isOnce((one ?? other) as RecordedEvent, one ? played : recorded, endMs);
  const [fewer, more] = [Math.min(counts.played, counts.recorded), Math.max(counts.played, counts.recorded)];
  if (isChance && more <= fewer * countFactor + CHANCE.countBy) return [];
  const words = `${counts.played} times, recorded ${counts.recorded} times`;
  return [{ kind: 'differs', text: `event ${quote(text)}: ${words}` }];
}

/**
 * Returns true for an event that only one of them may have: of a probe before or after the life of its server, or at
 * the end.
 */
function isOnce({ reason, text, firstMs }: RecordedEvent, { tracks }: Observed, endMs: number): boolean {
  if (firstMs >= endMs - CHANCE.atEndMs) return true;
  if (reason !== 'Unhealthy' || !NO_ANSWER.test(text)) return false;
  const turns = [...tracks].flatMap(([name, moments]) => (name.startsWith('container ') ? moments : []));
  return turns.some(({ shows, atMs }) => TURN.test(shows) && Math.abs(firstMs - atMs) <= CHANCE.probeAtTurnMs);
}

/** Probe errors of a server that does not listen yet, or no longer. */
const NO_ANSWER =
  /connection refused|failed to connect service|Client\.Timeout exceeded while awaiting headers|in CONTAINER_EXITED state/;
const TURN = /: (running|terminated)/;

function quote(text: string): string {
  return `"${text.length > 160 ? `${text.slice(0, 160)}…` : text}"`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)}s`;
}
