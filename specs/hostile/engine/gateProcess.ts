import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(__dirname, '../../..');

/** What a gate that was run as a command printed, and how it ended. */
export interface GateEnd {
  readonly code: number;
  readonly text: string;
  /** Outcome of each check; none if the command printed an error alone. */
  readonly outcomes: readonly string[];
}

/** Runs the gate on a manifest as a user does, with the engine that `DOCKER_HOST` names. */
export function startGate(
  folder: string,
  manifest: object,
  { args = [], env = {} }: { readonly args?: readonly string[]; readonly env?: NodeJS.ProcessEnv } = {},
): { readonly command: ChildProcess; readonly ended: Promise<GateEnd> } {
  const file = path.join(folder, 'pod.json');
  writeFileSync(file, JSON.stringify(manifest));
  const all = ['dist/cli.mjs', 'gate', '-f', file, '--skip', 'lint', '--format', 'json', ...args];
  // Jest’s own environment would be passed if none were named. The command is no part of a test run.
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
