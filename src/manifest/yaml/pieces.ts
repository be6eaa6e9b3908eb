import { ManifestError } from '../error';

/** One document's text, and how many lines of the file come before it. */
export interface Piece {
  readonly text: string;
  readonly linesBefore: number;
}

// What one object may take in etcd; more than that is no manifest, and parsing takes a second per megabyte.
const BYTES_MAX = 1_572_864;
const MARKER = /(?=^---(?=\s|$))/m;
const PREAMBLE = /^(?:[ \t]*(?:[#%].*)?(?:\r?\n|$))*$/;
// The largest documents there are, and nothing that a pod needs.
const UNUSED = /^kind:\s*["']?CustomResourceDefinition\b/m;

/** Cuts a text at its document markers. Throws a {@link ManifestError} for what is no text, or far too much of it. */
export function cutIntoPieces(text: string, file: string): Piece[] {
  if (text.includes('\0')) throw new ManifestError([{ detail: 'not text: there are NUL bytes in it' }], file);
  const pieces = cut(text).filter((piece) => !UNUSED.test(piece.text));
  const size = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  if (size <= BYTES_MAX) return pieces;
  const detail = `${megabytes(size)} of YAML; no object in Kubernetes is larger than ${megabytes(BYTES_MAX)}`;
  throw new ManifestError([{ detail }], file);
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
