import type { Content } from '../manifest/config/config';
import { LINE_MIN, VALUE_BYTES_MAX, VALUE_MIN } from './limits';
import { withoutUnseen } from './views';

const NEWLINE = 0x0a;
/** Columns at which `base64` and PEM files break lines. */
const BASE64_COLUMNS = [76, 64];

/** Returns every text by which the value of a Secret can be known. */
export function formsOf(content: Content): readonly string[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.base64, 'base64');
  const value = bytes.subarray(0, VALUE_BYTES_MAX);
  const trimmed = Buffer.from(value.toString('latin1').trim(), 'latin1');
  const raw = [value, trimmed, ...linesOf(bytes)].flatMap(textsOf);
  const encoded = [value, trimmed].flatMap((part) => [...base64Of(part), ...hexOf(part)]);
  const forms = [...raw, ...encoded].flatMap((form) => [form, withoutUnseen(form)]);
  return [...new Set(forms)].filter(({ length }) => length >= VALUE_MIN);
}

/** Returns the lines of a value: a log is read line by line, whatever its bytes mean. */
function linesOf(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    if (line.length >= LINE_MIN) lines.push(line);
    from = end < 0 ? bytes.length : end + 1;
  }
  return lines;
}

/** Returns the texts that the bytes may be read as. If they are not UTF-8, they are also read as Latin-1. */
function textsOf(bytes: Buffer): readonly string[] {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? [text, bytes.toString('latin1'), ...runsIn(text)] : [text];
}

/** Stretches of text in bytes. */
function runsIn(text: string): readonly string[] {
  return text.split(/[\ufffd\p{Cc}]+/u).filter(({ length }) => length >= LINE_MIN);
}

/**
 * Returns base64 of the value alone, wrapped as well, and the part of base64 of a longer text that depends on the value
 * only, at each of the three places where the value can begin.
 */
function base64Of(bytes: Buffer): readonly string[] {
  const whole = bytes.toString('base64');
  const inside = (bytes.length < VALUE_MIN ? [] : [0, 1, 2]).map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const wrapped = BASE64_COLUMNS.flatMap((columns) => (whole.length > columns ? pieces(whole, columns) : []));
  const all = [whole, ...inside, ...wrapped];
  return [...all, ...all.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))];
}

function pieces(text: string, length: number): readonly string[] {
  const count = Math.ceil(text.length / length);
  const all = Array.from({ length: count }, (_, index) => text.slice(index * length, (index + 1) * length));
  return all.filter((piece) => piece.length >= LINE_MIN);
}

function hexOf(bytes: Buffer): readonly string[] {
  if (bytes.length < VALUE_MIN) return [];
  const hex = bytes.toString('hex');
  return [hex, hex.toUpperCase()];
}
