import { printable } from '../../escaping/terminal';
import type { OutputLine } from '../../timeline/output';
import { errorLines } from './errorLines';
import type { Incident } from './incident';

const SHOWN = 5;
const MAX_TEXT = 160;

/** Returns the last lines that the container of an incident wrote before it, and earlier lines with an error. */
export function lastLines(incident: Incident): readonly string[] {
  const { container } = incident;
  const all = linesOf(incident);
  const tail = all.slice(-SHOWN);
  const lines = [...errorLines(all, tail), ...tail];
  const [last] = lines.slice(-1);
  if (!container || !last) return [];
  const times = lines.map(({ at }) => `+${(at / 1000).toFixed(1)}s`);
  const widest = Math.max(...times.map(({ length }) => length));
  return [
    `Output of ${container.name}${isEarlier(incident, last) ? ` before restart ${last.attempt + 1}` : ''}:`,
    ...lines.map(({ text }, index) => `  ${times[index]?.padStart(widest)}  ${shorten(printable(text))}`.trimEnd()),
  ];
}

/** Returns the output of the instance that the incident is about, or of the previous one if it wrote nothing. */
function linesOf(incident: Incident): readonly OutputLine[] {
  const { container, timeline, event, restart } = incident;
  if (!container) return [];
  const attempt = attemptOf(incident);
  const written = (instance: number) => timeline.output.of(container.name, instance);
  const isOver = restart !== undefined || event?.kind === 'ContainerExited';
  // The engine delivers the last output of an instance a little after its exit.
  const own = written(attempt).filter(({ at }) => isOver || !event || at <= event.at);
  return own.length > 0 || attempt === 0 ? own : written(attempt - 1);
}

/** Returns the number of the last instance. For a restart, it is the instance that was replaced. */
function attemptOf(incident: Incident): number {
  const { restart, event } = incident;
  if (restart) return restart.attempt - 1;
  if (event?.kind === 'ContainerExited') return event.attempt;
  return incident.last('Started')?.attempt ?? 0;
}

function isEarlier(incident: Incident, { attempt }: OutputLine): boolean {
  return attempt < (incident.last('Started')?.attempt ?? 0);
}

function shorten(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
