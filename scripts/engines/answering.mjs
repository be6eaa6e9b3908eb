import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines } from '../setup/command.mjs';
import { EngineApi } from '../setup/engine-api.mjs';
import { SetupError } from '../setup/say.mjs';

const EVERY_MS = 250;
const ANSWER_MS = 5_000;

/** Resolves once an engine answers. Rejects with the end of its log if it ends before, or takes longer than `withinMs`. */
export async function answering(host, withinMs, isAlive, log) {
  const engine = new EngineApi(host);
  for (const deadline = Date.now() + withinMs; Date.now() < deadline && isAlive(); await sleep(EVERY_MS)) {
    try {
      const pong = await engine.request('GET', '/_ping', { signal: AbortSignal.timeout(ANSWER_MS) });
      pong.resume();
      return;
    } catch {
      // Not yet.
    }
  }
  const what = isAlive() ? `does not answer within ${withinMs / 1_000}s` : 'ended before it answered';
  throw new SetupError(`the engine at ${host} ${what}`, 'Check the end of its log', { output: lastLines(log()) });
}
