import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { ROOT } from '../../root.mjs';
import { compareResult, noResult } from './result.mjs';

const CLI = path.join(ROOT, 'dist', 'cli.mjs');
/** The exit code of the command for each result of the only check. */
const EXIT_CODES = { passed: 0, failed: 1 };
const NO_ENGINE = 3;

/** Plays a case of one check, by the command. */
export async function playGate({ pod, check, expected }) {
  const gate = spawn('node', [CLI, 'gate', '-f', '-', '--only', check, '--format', 'json'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  gate.stdin.end(JSON.stringify(pod));
  const exited = new Promise((resolve) => gate.once('exit', resolve));
  const [out, err, exitCode] = await Promise.all([text(gate.stdout), text(gate.stderr), exited]);
  const [result] = out === '' ? [] : JSON.parse(out).verdicts[0].checks;
  const said = result?.answers.map(({ sentence, evidence = '' }) => `${sentence}\n${evidence}`).join('\n') ?? err;
  if (exitCode === NO_ENGINE) return noResult(said);
  const seen = { outcome: result?.outcome ?? `exit code ${exitCode}`, said };
  if (exitCode !== EXIT_CODES[seen.outcome]) seen.outcome = `${seen.outcome} with exit code ${exitCode}`;
  return compareResult(seen, expected);
}
