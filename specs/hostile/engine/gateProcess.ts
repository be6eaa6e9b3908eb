import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../../..');

/** Output and exit code of a gate that ran as a command. */
export interface GateEnd {
  readonly code: number;
  readonly text: string;
  /** The result of each check, or an empty list if the command only printed an error. */
  readonly outcomes: readonly string[];
}

/** Runs the gate on a manifest like a user, with the engine of `DOCKER_HOST`. */
export function startGate(
  folder: string,
  manifest: object,
  { args = [], env = {} }: { readonly args?: readonly string[]; readonly env?: NodeJS.ProcessEnv } = {},
): { readonly command: ChildProcess; readonly ended: Promise<GateEnd> } {
  const file = path.join(folder, 'pod.json');
  writeFileSync(file, JSON.stringify(manifest));
  const all = ['dist/cli.mjs', 'gate', '-f', file, '--skip', 'lint', '--format', 'json', ...args];
  // By default, the environment of Jest would be passed, but the command is not part of a test run.
  const { JEST_WORKER_ID: _, ...own } = process.env;
  const command = spawn(process.execPath, all, {
    cwd: ROOT,
    env: { ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { command, ended: endOf(command) };
}

async function endOf(command: ChildProcess): Promise<GateEnd> {
  const { stdout, stderr } = command;
  let text = '';
  for (const stream of [stdout, stderr]) stream?.on('data', (chunk) => (text += String(chunk)));
  const closed = [stdout, stderr].map((stream) => stream && once(stream, 'close'));
  const [[code]] = await Promise.all([once(command, 'exit'), ...closed]);
  return { code, text, outcomes: outcomesIn(text) };
}

function outcomesIn(text: string): readonly string[] {
  const json = /^\{$.*^\}$/ms.exec(text)?.[0];
  if (json === undefined) return [];
  const report = JSON.parse(json) as {
    readonly verdicts: readonly { readonly checks: readonly { outcome: string }[] }[];
  };
  return report.verdicts.flatMap(({ checks }) => checks.map(({ outcome }) => outcome));
}
