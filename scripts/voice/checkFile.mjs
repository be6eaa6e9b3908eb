import { areaOf } from './files.mjs';
import { findHits } from './rules/rules.mjs';
import { textsOf } from './texts/textsOf.mjs';

const IGNORE = /voice-ignore: ([a-z-]+(?:, [a-z-]+)*)/;

/** Returns the hits of all rules in one file, by line. */
export function checkFile(file, content) {
  const area = areaOf(file);
  const rows = content.split('\n');
  const isIgnored = (rule, kind, line) => {
    const ignored = rows[line - 2]?.match(IGNORE)?.[1].split(', ') ?? [];
    return ignored.includes(rule) || (kind === 'messages' && ignored.includes('upstream'));
  };
  const hits = textsOf(file, content).flatMap((text) =>
    findHits(text).map(({ rule: { id, level, write }, index, words }) => ({
      ...{ file, area, line: text.lineAt(index), first: text.lineAt(0), kind: text.kind },
      ...{ rule: id, level, words, write },
    })),
  );
  return hits
    .filter(({ rule, kind, line, first }) => !isIgnored(rule, kind, line) && !isIgnored(rule, kind, first))
    .sort((one, other) => one.line - other.line);
}
