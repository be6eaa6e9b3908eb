import { Lexer } from 'yaml';
import { ManifestError } from '../../error';
import { DOCUMENTS_MAX, LEXEMES_MAX, LINES_MAX, OBJECT_CHARACTERS_MAX } from '../../limits';

/** Text of one document, and the number of lines in the file before it. */
export interface TextPiece {
  readonly text: string;
  readonly linesBefore: number;
}

const MARKER = /(?=^---(?=\s|$))/m;
/** A line before a document: empty, a comment or a directive. */
const PREAMBLE_LINE = /^[ \t]*(?:[#%].*)?\r?$/;
// These are the largest documents, and a pod needs none of them.
const UNUSED = /^kind:\s*["']?CustomResourceDefinition\b/m;

/**
 * Cuts a text at its document markers. Throws a {@link ManifestError} for an input that is not text, or is far too
 * long.
 */
export function cutIntoPieces(text: string, file: string): TextPiece[] {
  if (text.includes('\0')) throw new ManifestError([{ detail: 'not text: it contains NUL bytes' }], file);
  if (hasMore('\n', text, LINES_MAX)) throw tooManyError(`${LINES_MAX.toLocaleString('en')} lines`, file);
  if (hasMore('\n---', text, DOCUMENTS_MAX))
    throw tooManyError(`${DOCUMENTS_MAX.toLocaleString('en')} documents`, file);
  const pieces = cut(text).filter((piece) => !UNUSED.test(piece.text));
  const largest = pieces.reduce((most, { text: { length } }) => Math.max(most, length), 0);
  if (largest > OBJECT_CHARACTERS_MAX) {
    const detail = `an object has ${megabytes(largest)} of YAML, but Kubernetes stores at most ${megabytes(OBJECT_CHARACTERS_MAX)}`;
    throw new ManifestError([{ detail }], file);
  }
  if (hasMoreLexemes(pieces, LEXEMES_MAX)) {
    throw tooManyError(`${LEXEMES_MAX.toLocaleString('en')} YAML tokens`, file);
  }
  return pieces;
}

function tooManyError(what: string, file: string): ManifestError {
  const advice = 'pass only the part that defines the pod';
  return new ManifestError([{ detail: `must have at most ${what}`, advice }], file);
}

function hasMore(what: string, text: string, most: number): boolean {
  let count = 0;
  for (let at = text.indexOf(what); at >= 0 && count <= most; at = text.indexOf(what, at + 1)) count += 1;
  return count > most;
}

/** Returns whether all lines are a preamble. One expression for all of them would overflow the stack. */
function isPreamble(text: string): boolean {
  return text.split('\n').every((line) => PREAMBLE_LINE.test(line));
}

function hasMoreLexemes(pieces: readonly TextPiece[], most: number): boolean {
  // A token has at least one character.
  if (pieces.reduce((sum, { text }) => sum + text.length, 0) <= most) return false;
  let count = 0;
  for (const { text } of pieces) {
    for (const _ of new Lexer().lex(text)) {
      count += 1;
      if (count > most) return true;
    }
  }
  return false;
}

function cut(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let linesBefore = 0;
  let preamble = '';
  for (const part of text.split(MARKER)) {
    const whole = preamble + part;
    // Directives and comments before a marker belong to what follows.
    preamble = isPreamble(whole) ? whole : '';
    if (preamble !== '') continue;
    pieces.push({ text: whole, linesBefore });
    linesBefore += whole.split('\n').length - 1;
  }
  return pieces;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
