import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { text } from 'node:stream/consumers';
import { ROOT } from './root.mjs';

const PATIENCE_MS = 5_000;

const running = new Set();
let stoppedBy;

/** Runs a program to its end, on this terminal; resolves to its exit code. */
export async function run(program, args, env) {
  return ended(launch(program, args, env, 'inherit'));
}

/** The same, out of sight; resolves to its exit code and what it printed. */
export async function runQuietly(program, args, env, cwd = ROOT) {
  const child = launch(program, args, env, 'pipe', cwd);
  const [code, ...printed] = await Promise.all([ended(child), text(child.stdout), text(child.stderr)]);
  return { code, output: printed.join('') };
}

// Each in a process group of its own. A signal comes to us from the terminal, from npm, or from both; so a child gets
// it once, from us, and its own children with it.
function launch(program, args, env, output, cwd = ROOT) {
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', output, output] });
  running.add(child);
  return child;
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      running.delete(child);
      if (stoppedBy) process.exit(codeOf(stoppedBy));
      resolve(code ?? codeOf(signal));
    });
  });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

function stop(signal) {
  if (running.size === 0) process.exit(codeOf(signal));
  if (stoppedBy) return;
  stoppedBy = signal;
  for (const child of running) process.kill(-child.pid, signal);
  setTimeout(() => {
    for (const child of running) process.kill(-child.pid, 'SIGKILL');
  }, PATIENCE_MS);
}

const codeOf = (signal) => 128 + constants.signals[signal];
