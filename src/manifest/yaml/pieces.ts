import { Lexer } from 'yaml';
import { ManifestError } from '../error';

/** One document's text, and how many lines of the file come before it. */
export interface Piece {
  readonly text: string;
  readonly linesBefore: number;
}

// What one object may take in etcd; more than that is no manifest.
const BYTES_MAX = 1_572_864;
// Parsing takes time and memory by the words and signs there are, and not by their length: this is a second.
const LEXEMES_MAX = 250_000;
const MARKER = /(?=^---(?=\s|$))/m;
const PREAMBLE = /^(?:[ \t]*(?:[#%].*)?(?:\r?\n|$))*$/;
// The largest documents there are, and nothing that a pod needs.
const UNUSED = /^kind:\s*["']?CustomResourceDefinition\b/m;

/** Cuts a text at its document markers. Throws a {@link ManifestError} for what is no text, or far too much of it. */
export function cutIntoPieces(text: string, file: string): Piece[] {
  if (text.includes('\0')) throw new ManifestError([{ detail: 'not text: there are NUL bytes in it' }], file);
  const pieces = cut(text).filter((piece) => !UNUSED.test(piece.text));
  const largest = pieces.reduce((most, { text: { length } }) => Math.max(most, length), 0);
  if (largest > BYTES_MAX) {
    const detail = `${megabytes(largest)} of YAML; no object in Kubernetes is larger than ${megabytes(BYTES_MAX)}`;
    throw new ManifestError([{ detail }], file);
  }
  if (hasMoreLexemes(pieces, LEXEMES_MAX)) {
    const detail = `more than ${LEXEMES_MAX.toLocaleString('en')} words and signs of YAML, which is no manifest`;
    throw new ManifestError([{ detail, advice: 'give the part that makes the pod' }], file);
  }
  return pieces;
}

function hasMoreLexemes(pieces: readonly Piece[], most: number): boolean {
  // None is shorter than a character.
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

function cut(text: string): Piece[] {
  const pieces: Piece[] = [];
  let linesBefore = 0;
  let preamble = '';
  for (const part of text.split(MARKER)) {
    const whole = preamble + part;
    // Directives and comments before a marker belong to what follows.
    preamble = PREAMBLE.test(whole) ? whole : '';
    if (preamble !== '') continue;
    pieces.push({ text: whole, linesBefore });
    linesBefore += whole.split('\n').length - 1;
  }
  return pieces;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
