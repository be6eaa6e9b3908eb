import { readFileSync } from 'node:fs';
import path from 'node:path';
import { list } from '../house/sources.mjs';
import { ROOT } from '../root.mjs';

const FOLDERS = ['src', 'matchers', 'specs', 'docs', 'scripts', 'bench', 'examples'];
const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'];

/** `docs/api.md` repeats the docstrings. */
const GENERATED = /^docs\/api\.md$|(^|\/)(node_modules|dist)\//;

/** Returns the paths of all files with text of ours: code and pages. */
export function listFiles() {
  return [...list(FOLDERS, /\.(m?ts|mjs|cjs|md)$/).filter((file) => !GENERATED.test(file)), ...PAGES];
}

export const readText = (file) => readFileSync(path.join(ROOT, file), 'utf8');

/** Returns the area that a file is counted in: a folder of `src`, another top folder, or `docs` for the pages. */
export function areaOf(file) {
  const [top, folder, below] = file.split('/');
  if (folder === undefined) return 'docs';
  return top === 'src' && below !== undefined ? `src/${folder}` : top;
}
