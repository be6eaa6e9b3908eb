import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readModel } from './api/model.mjs';
import { pageOf } from './api/page.mjs';
import { ROOT } from './root.mjs';

// Writes docs/api.md from the docstrings; with --check only says whether it is as it has to be.

const FILE = path.join(ROOT, 'docs/api.md');

const made = pageOf(await readModel(ROOT));
if (process.argv.includes('--check')) {
  const there = await readFile(FILE, 'utf8').catch(() => '');
  if (there !== made) {
    console.error('docs/api.md is older than the docstrings: npm run api');
    process.exitCode = 1;
  }
} else {
  await writeFile(FILE, made);
}
