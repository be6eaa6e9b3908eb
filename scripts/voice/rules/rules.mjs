import { COMMENTS } from './comments.mjs';
import { DOCS } from './docs.mjs';
import { DURATIONS, MESSAGES } from './messages.mjs';
import { NAMES } from './names.mjs';
import { TICS } from './tics.mjs';
import { TITLES } from './titles.mjs';
import { VOCABULARY } from './vocabulary.mjs';

const ALL = ['messages', 'comments', 'docs', 'titles', 'commits'];

/**
 * The rules of the house voice: `kinds` and `of` select their texts, `pattern` or `find` the words, and `write` is the
 * advice. The example `before` breaks the rule, and `after` is its rewrite.
 */
export const RULES = [
  ...[...TICS, ...VOCABULARY].map((rule) => ({ kinds: ALL, ...rule })),
  ...MESSAGES,
  DURATIONS,
  ...COMMENTS,
  ...DOCS,
  ...TITLES,
  ...NAMES,
].map(({ pattern, ...rule }) => ({ level: 'error', ...rule, pattern: pattern && new RegExp(pattern, 'g') }));

/** Returns the hits of all rules in a text: the rule, where the words begin, and the words. */
export function findHits({ kind, of, text }) {
  return rulesFor(kind, of).flatMap((rule) => {
    if (rule.find) return rule.find(text).map((words) => ({ rule, index: Math.max(text.indexOf(words), 0), words }));
    if (text.search(rule.pattern) === -1) return [];
    return Array.from(text.matchAll(rule.pattern), ({ index, 0: words }) => ({ rule, index, words }));
  });
}

const known = new Map();

function rulesFor(kind, of) {
  const key = `${kind} ${of}`;
  if (!known.has(key))
    known.set(
      key,
      RULES.filter((rule) => rule.kinds.includes(kind) && (!rule.of || rule.of.includes(of))),
    );
  return known.get(key);
}
