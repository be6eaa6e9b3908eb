#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import { INTERRUPTED } from './exitCode';
import { terminalScreen } from './gate/screen';
import { run } from './program';
import { onInterrupt, onKey } from './terminal';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

// Whoever reads the results may have seen enough, as `head` has.
process.stdout.on('error', () => process.exit());

/** A yes is meant; anything else, the end of the input included, is a no. */
async function ask(question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await askText(`${question} [y/N]`));
}

/** The end of the input is an empty answer. */
async function askText(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const answer = await Promise.race([terminal.question(`${question} `), closed]);
  terminal.close();
  return answer.trim();
}

const exitCode = await run(process.argv.slice(2), version, {
  in: process.stdin,
  out: (line) => void process.stdout.write(`${line}\n`),
  data: (text) => void process.stdout.write(`${text}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  ...(process.stdin.isTTY && process.stdout.isTTY && { ask, askText }),
  onInterrupt,
  ...(process.stdin.isTTY && process.stderr.isTTY && { onKey }),
  // NO_COLOR and FORCE_COLOR are heeded.
  paint: (style, text) => styleText(style, text, { stream: process.stdout }),
  ...(process.stderr.isTTY && process.stderr.columns > 0 && { screen: () => terminalScreen(process.stderr) }),
});
process.exitCode = exitCode;
// A shell that runs a script goes on with it unless the interrupt is what ended the command.
if (exitCode === INTERRUPTED) process.kill(process.pid, 'SIGINT');
