/** Stands for code, a link or a value inside a text. It counts as one word. */
export const PLACEHOLDER = '_';

/**
 * Returns one text to check: its kind, what it belongs to (`of`), and its lines as pairs of a line number and words.
 * The lines are joined, so that a rule finds words across the end of a line.
 */
export function makeText(file, kind, of, lines) {
  const parts = lines.map(([line, words]) => [line, words.trim()]).filter(([, words]) => words !== '');
  const text = parts.map(([, words]) => words).join(' ');
  return { file, kind, of, text, lineAt: (index) => lineAt(parts, index) };
}

function lineAt(parts, index) {
  let end = -1;
  const found = parts.find(([, words]) => {
    end += words.length + 1;
    return index <= end;
  });
  return (found ?? parts.at(-1))[0];
}

/** Replaces code in backticks and addresses. */
export const hideCode = (words) =>
  words.replace(/``.+?``|`[^`]*`/g, PLACEHOLDER).replace(/\bhttps?:\/\/[^\s)]+/g, PLACEHOLDER);
