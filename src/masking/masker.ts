import type { Config } from '../manifest/config/config';
import { formsOf } from './forms';
import { CUT_TEXT_MIN } from './limits';
import { type CutEnds, type Part, Scanner } from './scanner';
import { DECODED, plainView, seenView, type TextView } from './views';

/** Returns a text as people may see it: what a Secret holds is `***`. */
export type Hide = (text: string, cut?: CutEnds) => string;

const MASK = '***';

/**
 * Returns what takes out of a text the values of Secrets, in every form that docs/secrets.md lists: an engine quotes the
 * command that it could not run, and an app prints what it should not.
 */
export function hiderOf({ secrets }: Pick<Config, 'secrets'>): Hide {
  const contents = Object.values(secrets).flatMap((entries) => Object.values(entries));
  const scanner = new Scanner([...new Set(contents.flatMap(formsOf))]);
  if (scanner.isEmpty) return (text) => text;
  return (text, cut = mayBeCut(text)) => {
    const parts = viewsOf(text).flatMap((view) => inText(view, scanner.find(view.text, cut)));
    return parts.length === 0 ? text : maskParts(text, parts);
  };
}

/** Returns which ends may be cut: every text with a limit ends anywhere. */
function mayBeCut({ length }: string): CutEnds {
  return { start: length >= CUT_TEXT_MIN, end: length >= CUT_TEXT_MIN };
}

function viewsOf(text: string): readonly TextView[] {
  const plain = plainView(text);
  const seen = seenView(plain);
  const decoded = DECODED.flatMap((read) => read(seen ?? plain) ?? []);
  return [plain, ...(seen ? [seen] : []), ...decoded];
}

function inText(view: TextView, parts: readonly Part[]): readonly Part[] {
  return parts.map(({ from, to }) => ({ from: view.from(from), to: view.to(to - 1) }));
}

/** Parts may overlap, or lie within each other. */
function maskParts(text: string, parts: readonly Part[]): string {
  const shown: string[] = [];
  let end = 0;
  for (const { from, to } of parts.toSorted((a, b) => a.from - b.from)) {
    if (from >= end) shown.push(text.slice(end, from), MASK);
    end = Math.max(end, to);
  }
  return [...shown, text.slice(end)].join('');
}
