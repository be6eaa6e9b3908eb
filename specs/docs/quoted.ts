import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './pages';

/** A file that `npm test` runs, compiles or reads, as lines. */
interface Source {
  readonly file: string;
  readonly lines: readonly string[];
}

const FOLDERS = ['specs', 'examples'];
const TEXTS = /\.(ts|mts|mjs|js|cjs|json|yaml|txt|snap)$/;

let read: readonly Source[] | undefined;

/**
 * Returns the first file under `specs` or `examples` that contains the lines of the block in order, all with the same
 * additional indentation. It compares template literals without the backslashes of their escapes.
 */
export function sourceOf(block: string): string | undefined {
  read ??= FOLDERS.flatMap(sourcesIn);
  const wanted = block.split('\n');
  return read.find(({ lines }) => holds(lines, wanted))?.file;
}

function sourcesIn(folder: string): Source[] {
  const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => TEXTS.test(file) && !file.includes('node_modules'))
    .map((file) => {
      const text = readFileSync(path.join(ROOT, folder, file), 'utf8');
      return { file: `${folder}/${file}`, lines: text.replaceAll(/\\([`\\$])/g, '$1').split('\n') };
    });
}

function holds(lines: readonly string[], wanted: readonly string[]): boolean {
  const [first = ''] = wanted;
  return lines.some((line, start) => {
    if (!line.endsWith(first)) return false;
    const indentation = line.slice(0, line.length - first.length);
    if (indentation.trim() !== '') return false;
    return wanted.every((each, index) => lines[start + index] === (each === '' ? '' : indentation + each));
  });
}
