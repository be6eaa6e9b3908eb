import { historyOf } from '../../timeline/history/podHistory';
import type { OutputLine } from '../../timeline/output';
import { type Since, START } from '../../timeline/since';
import type { Timeline } from '../../timeline/timeline';
import { type AssertionResult, makePending } from '../assertionResult';

/** Filter for a line of output. */
export interface LineFilter {
  /** Part of the line, or a regular expression that it matches. */
  readonly pattern: string | RegExp;
  /** Default: any container. */
  readonly container?: string | undefined;
}

/** Passes when a container has written a matching line since then. The raw line decides, and messages mask Secrets. */
export function wrote(timeline: Timeline, since: Since, { pattern, container }: LineFilter): AssertionResult {
  const lines = linesSince(timeline, since, container);
  const found = lines.find((line) => matches(line.written ?? line.text, pattern));
  if (found) {
    const { at, text } = found;
    const received = { kind: 'line', container: found.container, text } as const;
    return { outcome: 'passed', at, container: found.container, received };
  }
  return { ...makePending({ kind: 'otherLines', count: lines.length }), container };
}

function linesSince(timeline: Timeline, since: Since, container?: string): readonly OutputLine[] {
  const { output } = timeline;
  const lines = container === undefined ? output.lines : output.of(container);
  const from = since === START ? 0 : (historyOf(timeline).at(since - 1)?.at ?? 0);
  return lines.filter(({ at }) => at >= from);
}

function matches(text: string, pattern: string | RegExp): boolean {
  return typeof pattern === 'string' ? text.includes(pattern) : text.search(pattern) >= 0;
}
