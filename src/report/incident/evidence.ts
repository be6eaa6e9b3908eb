import pluralize from 'pluralize';
import type { Event, EventOf } from '../../timeline/event';
import { isA } from '../../timeline/event';
import type { Timeline } from '../../timeline/timeline';
import { alignTabs } from '../kubectl/alignTabs';
import type { Line } from '../summary/line';
import { summarize } from '../summary/summary';

const BEFORE = 7;
/** Fewer rows are enough with a picture. */
const BEFORE_WITH_PICTURE = 4;
const AFTER = 2;
const MAX_TEXT = 160;

/** Returns the rows of the timeline that explain a result: the deciding row with a mark, and its neighbors. */
export function evidence(
  timeline: Timeline,
  deciding: Event | undefined,
  { isPictured = false } = {},
): readonly string[] {
  const lines = withoutRepeats(summarize(timeline), deciding).filter((line, _, all) => isOfConsequence(line, all));
  const worth = lines.filter((line) => !line.isRoutine || tells(line, deciding));
  const marked = worth.findIndex((line) => tells(line, deciding));
  const anchor = marked >= 0 ? marked : worth.length - 1;
  const from = Math.max(0, anchor - (isPictured ? BEFORE_WITH_PICTURE : BEFORE));
  const near = worth.slice(from, anchor + 1 + AFTER);
  const cause = near.some(isAct) ? [] : worth.slice(0, from).filter(isAct).slice(-1);
  const shown = [...cause, ...near].filter((line, index, all) => !saysAgain(line, all.slice(0, index)));
  return [
    ...leftOut(from - cause.length, 'earlier'),
    ...laidOut(shown, deciding),
    ...leftOut(worth.length - from - near.length, 'later'),
  ];
}

/** True for an action of the test. The last one is always shown, because it may have caused what follows. */
function isAct({ who, what }: Line): boolean {
  return who === 'test' && what !== 'run';
}

/** True if an earlier row shows the same trouble of the container's processes. */
function saysAgain({ who, what, text }: Line, before: readonly Line[]): boolean {
  return what === 'signals' && before.some((line) => line.who === who && line.what === what && line.text === text);
}

/** True unless the row is about a stop signal that did not end in SIGKILL. */
function isOfConsequence({ who, what }: Line, lines: readonly Line[]): boolean {
  return what !== 'signals' || lines.some((other) => other.who === who && other.what === 'SIGKILL');
}

function tells(line: Line, event: Event | undefined): boolean {
  return event !== undefined && line.events.includes(event);
}

/**
 * Returns the rows without repetitions. A probe that keeps failing in the same way keeps its last row, which has the count, and
 * any other repetition keeps its first row.
 */
function withoutRepeats(lines: readonly Line[], deciding: Event | undefined): readonly Line[] {
  const before = new Map<string, Line>();
  const runs = lines.map(({ events }) => events.find((event) => isA('ProbeFinished', event)));
  return lines.filter((line, index) => {
    const run = runs[index];
    const last = before.get(line.who);
    before.set(line.who, line);
    if (tells(line, deciding)) return true;
    if (!run) return !last || line.what !== last.what || line.text !== last.text;
    const next = runs.slice(index + 1).find((later) => later?.container === run.container && later.probe === run.probe);
    return !next || !repeats(run, next);
  });
}

function repeats(run: EventOf<'ProbeFinished'>, next: EventOf<'ProbeFinished'>): boolean {
  return run.result === next.result && run.output === next.output && (next.run > run.run || run.result === 'Errored');
}

function laidOut(lines: readonly Line[], deciding: Event | undefined): readonly string[] {
  const times = lines.map(({ at }) => `+${(at / 1000).toFixed(1)}s`);
  const widest = Math.max(...times.map(({ length }) => length));
  const rows = lines.map((line, index) => {
    const mark = tells(line, deciding) ? '>' : ' ';
    const time = times[index]?.padStart(widest);
    return [`${mark} ${time}`, line.who, line.what, shorten(line.text)].join('\t');
  });
  return alignTabs(rows, 2).map((row) => row.trimEnd());
}

/** Removes the middle of a long text. The event is at its beginning, and the reason at its end. */
function shorten(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT / 2)}…${text.slice(-MAX_TEXT / 2)}` : text;
}

function leftOut(count: number, which: 'earlier' | 'later'): readonly string[] {
  return count > 0 ? [`  (${pluralize(`${which} line`, count, true)} left out)`] : [];
}
