import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const SCRIPT = path.join(__dirname, '../../scripts/trial.mjs');

/** Puts the cases of the trial that have these names to the gate. Resolves to the exit code and what was printed. */
export async function runTrial(names: readonly string[]): Promise<{ readonly code: number; readonly printed: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-trial-'));
  try {
    const child = spawn(process.execPath, [SCRIPT, ...names, '--out', path.join(folder, 'trial.json')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number>((resolve) => {
      child.on('close', (code) => resolve(code ?? 1));
    });
    return { printed: await text(child.stdout), code: await ended };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
