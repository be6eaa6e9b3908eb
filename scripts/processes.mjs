import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { text } from 'node:stream/consumers';
import { commandOf } from './programs.mjs';
import { ROOT } from './root.mjs';

const PATIENCE_MS = 5_000;
const HAS_GROUPS = process.platform !== 'win32';

const running = new Set();
let stoppedBy;

/** Runs a program to its end, on this terminal; resolves to its exit code. */
export async function run(program, args, env) {
  return waitForExit(launch(program, args, env, 'inherit'));
}

/** Runs a program without its output on the terminal, and resolves to its exit code and output. */
export async function runQuietly(program, args, env, cwd = ROOT) {
  const child = launch(program, args, env, 'pipe', cwd);
  const [code, ...printed] = await Promise.all([waitForExit(child), text(child.stdout), text(child.stderr)]);
  return { code, output: printed.join('') };
}

// Starts each child in its own process group. A signal comes from the terminal, from npm or from both, so this process
// forwards it to the child and its children once.
function launch(program, args, env, output, cwd = ROOT) {
  const [file, all] = commandOf(program, args);
  const child = spawn(file, all, { cwd, env, detached: HAS_GROUPS, stdio: ['ignore', output, output] });
  running.add(child);
  return child;
}

function waitForExit(child) {
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
  for (const child of running) kill(child, signal);
  setTimeout(() => {
    for (const child of running) kill(child, 'SIGKILL');
  }, PATIENCE_MS);
}

/** Windows has no process groups, and sends Ctrl-C to each process of a terminal itself. */
function kill(child, signal) {
  if (HAS_GROUPS) process.kill(-child.pid, signal);
  else child.kill(signal);
}

const codeOf = (signal) => 128 + constants.signals[signal];
