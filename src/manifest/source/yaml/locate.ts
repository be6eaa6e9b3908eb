import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type LineCounter,
  type Pair,
} from 'yaml';
import type { FieldPath } from '../../values/fieldPath';
import type { Position } from '../../values/position';
import type { TextPiece } from './pieces';

/** The position of what stands between two offsets in a piece's text. */
export type Place = (from: number, to?: number) => Position;

/** Returns places in a piece. If it holds a Secret, they show no line. */
export function placesIn({ text, linesBefore }: TextPiece, lines: LineCounter, file: string, isSecret: boolean): Place {
  return (from, to = from + 1) => {
    const { line, col } = lines.linePos(from);
    const start = from - (col - 1);
    const end = text.indexOf('\n', start);
    const whole = text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '');
    const shown = isSecret ? '' : whole;
    return { file, line: line + linesBefore, column: col, text: shown, width: Math.max(1, to - from) };
  };
}

/**
 * Returns the place of a field's value or name. For a field that does not exist, it is the nearest field that would
 * contain it.
 */
export function locate(document: Document, path: FieldPath, part: 'value' | 'name', place: Place): Position {
  let node: unknown = document.contents;
  let name: unknown;
  for (const segment of path.segments) {
    const parent = resolve(node, document);
    const found = isSeq(parent) ? { value: parent.items[Number(segment)] } : pairOf(parent, String(segment), document);
    if (!found) break;
    name = 'key' in found ? found.key : undefined;
    node = found.value;
  }
  // Under a collection a caret would point at its first item.
  const meant = name !== undefined && (part === 'name' || isCollection(node) || isNull(node)) ? name : node;
  const [from, to] = (isNode(meant) && meant.range) || [0, 1];
  return place(from, isCollection(meant) ? from + 1 : to);
}

export function isNull(node: unknown): boolean {
  return node == null || (isScalar(node) && node.value === null);
}

function pairOf(map: unknown, name: string, document: Document): Pair | undefined {
  if (!isMap(map)) return undefined;
  const own = map.items.find(({ key }) => isScalar(key) && String(key.value) === name);
  return own ?? map.items.filter(isMerge).flatMap(({ value }) => mergedPair(value, name, document))[0];
}

function isMerge({ key }: Pair): boolean {
  return isScalar(key) && key.source === '<<';
}

function mergedPair(merged: unknown, name: string, document: Document): Pair[] {
  const maps = isSeq(merged) ? merged.items : [merged];
  return maps.flatMap((map) => pairOf(resolve(map, document), name, document) ?? []);
}

function resolve(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}
