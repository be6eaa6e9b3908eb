#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import type { Console } from './console';
import { INTERRUPTED } from './exitCode';
import { terminalScreen } from './gate/screen';
import { printError } from './printError';
import { run } from './program';
import { StandardOutput } from './standardOutput';
import { onInterrupt, onKey } from './terminal';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

const output = new StandardOutput(process.stdout);
// A closed stderr does not change the result.
process.stderr.on('error', () => {});

/** Returns true only for an explicit yes. EOF and any other input mean no. */
async function ask(question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await askText(`${question} [y/N]`));
}

/** Returns the answer, which is empty at EOF. */
async function askText(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const answer = await Promise.race([terminal.question(`${question} `), closed]);
  terminal.close();
  return answer.trim();
}

const console: Console = {
  in: process.stdin,
  out: (line) => output.write(`${line}\n`),
  data: (text) => output.write(`${text}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  onOutputLost: (listener) => output.onLost(listener),
  ...(process.stdin.isTTY && process.stdout.isTTY && { ask, askText }),
  onInterrupt,
  ...(process.stdin.isTTY && process.stderr.isTTY && { onKey }),
  // styleText respects NO_COLOR and FORCE_COLOR.
  paint: (style, text) => styleText(style, text, { stream: process.stdout }),
  ...(process.stderr.isTTY && process.stderr.columns > 0 && { screen: () => terminalScreen(process.stderr) }),
};
const result = await run(process.argv.slice(2), version, console);
const exitCode = await output.flush().then(
  () => result,
  (error) => (result === INTERRUPTED ? result : printError(error, console)),
);
process.exitCode = exitCode;
// A shell stops its script only if the command was terminated by the signal itself.
if (exitCode === INTERRUPTED) process.kill(process.pid, 'SIGINT');
