#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { run } from './program';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

// Whoever reads the results may have seen enough, as `head` has.
process.stdout.on('error', () => process.exit());

process.exitCode = await run(process.argv.slice(2), version, {
  in: process.stdin,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
});
