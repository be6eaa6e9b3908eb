import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readModel } from './api/model.mjs';
import { pageOf } from './api/page.mjs';
import { ROOT } from './root.mjs';

// Writes docs/api.md from the docstrings. With --check, it fails if the page is outdated or a member has no docstring.

const FILE = path.join(ROOT, 'docs/api.md');

const made = pageOf(await readModel(ROOT));
const undescribed = made.match(/(?<=^- )`.*`(?=$|: *$)/gm) ?? [];
if (process.argv.includes('--check')) {
  const there = await readFile(FILE, 'utf8').catch(() => '');
  if (there !== made) fail('docs/api.md is older than the docstrings: npm run api');
  for (const member of undescribed) fail(`docs/api.md: ${member} has no docstring. Add a sentence at its declaration`);
} else {
  await writeFile(FILE, made);
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}
