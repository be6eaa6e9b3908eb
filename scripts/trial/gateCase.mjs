import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT } from '../root.mjs';
import { startServices } from './services.mjs';

const CLI = path.join(ROOT, 'dist/cli.mjs');
const WITHIN = '10m';

/**
 * Runs the gate on a case like a user, with `--format json`. Resolves to the report, the exit code, the seconds it
 * took, and the stderr of the gate, which contains the reason if there is no report.
 */
export async function gateCase({ manifest, services, options }, { engine, env, extra, signal }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-trial-'));
  const file = path.join(folder, 'report.json');
  const from = performance.now();
  const started = await startServices(engine, services);
  try {
    const args = ['gate', '-f', manifest, '--within', WITHIN, ...started.options, ...options, ...extra];
    const child = spawn(process.execPath, [CLI, ...args, '--format', `json=${file}`], {
      cwd: folder,
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      // Ctrl-C is for the trial, which ends its gates by SIGTERM.
      detached: true,
      signal,
    });
    const [code, stderr] = await Promise.all([exitOf(child), text(child.stderr)]);
    const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
    return { report, code, seconds: Math.round((performance.now() - from) / 1_000), stderr };
  } finally {
    await started.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

function exitOf(child) {
  return new Promise((resolve, reject) => {
    // An aborted gate still removes its pods.
    child.on('error', (error) => error.name === 'AbortError' || reject(error));
    child.on('close', resolve);
  });
}
