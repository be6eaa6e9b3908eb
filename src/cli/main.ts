#!/usr/bin/env node
import { run } from './program';

// Whoever reads the results may have seen enough, as `head` has.
process.stdout.on('error', () => process.exit());

process.exitCode = await run(process.argv.slice(2), {
  in: process.stdin,
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
});
