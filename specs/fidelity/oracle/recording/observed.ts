import { kubeletText, plainText } from '../compare/texts';

/** The state that a watch showed since an instant, as text. */
export interface Moment {
  readonly atMs: number;
  readonly shows: string;
}

/** An event as it was stored last. */
export interface RecordedEvent {
  /** Type, reason, object and text. */
  readonly text: string;
  readonly reason: string;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Everything that was observed of a recorded or simulated pod, in a form for comparison. */
export interface Observed {
  /** Tracks by their names: `rows`, `phase`, `condition Ready`, `container web`, `endpoint`, `removed`. */
  readonly tracks: ReadonlyMap<string, readonly Moment[]>;
  readonly events: ReadonlyMap<string, RecordedEvent>;
  readonly endMs: number;
}

/**
 * Returns observations without the texts of the container engine, so that recordings of different engines can be
 * compared.
 */
export function withoutEngineTexts({ tracks, events, endMs }: Observed): Observed {
  const seen = new Observing();
  for (const [name, moments] of tracks) {
    for (const { atMs, shows } of moments) seen.show(name, atMs, kubeletText(shows));
  }
  return { ...seen.end(endMs), events: joinAlike([...events.values()]) };
}

/** Events that are alike without those texts are one. */
function joinAlike(events: readonly RecordedEvent[]): Observed['events'] {
  const alike = new Map<string, RecordedEvent>();
  for (const event of events) {
    const text = kubeletText(event.text);
    const { count = 0, firstMs = event.firstMs } = alike.get(text) ?? {};
    alike.set(text, { ...event, text, count: count + event.count, firstMs });
  }
  return alike;
}

/** An event as it is stored, with its count by then. */
export interface StoredEvent {
  readonly type: string;
  readonly reason: string;
  readonly object?: string;
  readonly message: string;
  readonly from: string;
  readonly count: number;
}

/** Collects what is seen, in the order in which it is. */
export class Observing {
  readonly #tracks = new Map<string, Moment[]>();
  readonly #events = new Map<string, RecordedEvent>();
  /** The last count of each text as it was stored: texts that differ by chance alone add up. */
  readonly #counts = new Map<string, number>();

  /** Records the state of a track. An equal state is not recorded again, and the last one of an instant is kept. */
  show(track: string, atMs: number, shows: string): void {
    const moments = this.#tracks.get(track) ?? [];
    this.#tracks.set(track, moments);
    if (moments.at(-1)?.atMs === atMs) moments.pop();
    if (moments.at(-1)?.shows !== shows) moments.push({ atMs, shows });
  }

  tell({ type, reason, object = '', message, from, count }: StoredEvent, atMs: number): void {
    const stored = [type, reason, object, COMBINED.test(message) ? 'combined' : message, from].join(' | ');
    const text = [type, reason, object, plainText(message), from].join(' | ');
    const more = count - (this.#counts.get(stored) ?? 0);
    this.#counts.set(stored, count);
    const before = this.#events.get(text) ?? { text, reason, count: 0, firstMs: atMs, lastMs: atMs };
    this.#events.set(text, { ...before, count: before.count + more, lastMs: atMs });
  }

  end(endMs: number): Observed {
    return { tracks: this.#tracks, events: this.#events, endMs };
  }
}

/** Many similar events are stored as one, with the newest text. */
const COMBINED = /^\(combined from similar events\)/;

interface Shown {
  readonly ready: boolean;
  readonly started?: boolean;
  readonly restartCount: number;
  readonly state?: ShownState;
  readonly lastState?: ShownState;
}

interface ShownState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: object;
  readonly terminated?: { readonly exitCode: number; readonly reason?: string; readonly message?: string };
}

/** Returns the status of a container as one line, without times and its image. */
export function containerText({ ready, started, restartCount, state, lastState }: Shown): string {
  const last = stateText(lastState);
  const flags = `${ready ? 'ready' : 'unready'} ${started ? 'started' : 'unstarted'} ${restartCount}`;
  return plainText(`${flags}: ${stateText(state)}${last === '' ? '' : ` / ${last}`}`);
}

function stateText(state: ShownState | undefined): string {
  if (state?.waiting) return join('waiting', state.waiting.reason, state.waiting.message);
  if (state?.running) return 'running';
  if (!state?.terminated) return '';
  const { exitCode, reason, message } = state.terminated;
  return join('terminated', String(exitCode), reason, message);
}

export function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' | ');
}

const AGO = / \(.*\)$/;

export function rowText(row: { readonly ready: string; readonly status: string; readonly restarts: string }): string {
  return `${row.ready} ${row.status} ${row.restarts.replace(AGO, '')}`;
}

export function endpointText(conditions: Readonly<Record<string, boolean>> | undefined): string {
  const { ready, serving, terminating } = conditions ?? {};
  return `ready ${ready ?? true}, serving ${serving ?? true}, terminating ${terminating ?? false}`;
}
