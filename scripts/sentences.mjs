import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './root.mjs';
import { formatSentences } from './sentences/formatSentences.mjs';
import { readSentences } from './sentences/readSentences.mjs';

// Writes the file with all sentences of the product. With --check it fails if the file differs.

const FILE = 'specs/unit/wording/sentences.txt';

const file = path.join(ROOT, FILE);
const made = formatSentences(readSentences());
if (!process.argv.includes('--check')) writeFileSync(file, made);
else if (readFileSync(file, 'utf8') !== made) {
  console.error(`${FILE}: the sentences of the product changed. Run npm run sentences and read the diff.`);
  process.exitCode = 1;
}
