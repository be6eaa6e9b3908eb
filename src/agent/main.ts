import { inspect, parseArgs } from 'node:util';
import { terminalText } from '../escaping/terminal';
import { findEngine } from '../runtime/docker/engine/engine';
import { removeLeft } from '../runtime/ownedFolder';
import { isDead, processOf } from '../runtime/owner';
import type { FromAgent, ToAgent } from './ipc/messages';
import { Agent } from './process/agent';
import { sweepLeft } from './process/sweepLeft';

/** What cannot be removed by then is left to the sweep of the next run. */
const REMOVAL_MAX_MS = 20_000;
const RUNNER_LOOKED_AFTER_MS = 1_000;

const {
  values: { runner: runnerPid, records, sweep },
} = parseArgs({
  options: { runner: { type: 'string' }, records: { type: 'string' }, sweep: { type: 'boolean' } },
});
if (sweep) sweepOnly();
else play();

/** Does nothing but remove what a killed agent has left. */
function sweepOnly(): void {
  setTimeout(() => process.exit(), REMOVAL_MAX_MS).unref();
  void sweepLeft()
    .catch(() => {})
    .then(() => process.exit());
}

function play(): void {
  const agent = new Agent(findEngine, tell);
  let isEnding = false;

  process.on('message', (text) => agent.receive(JSON.parse(String(text)) as ToAgent));
  // The test process is gone, or done with us; whatever the reason, nothing of its pods may stay behind.
  process.on('disconnect', end);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  for (const failure of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(failure, (error) => {
      tellError(error);
      process.exitCode = 1;
      end();
    });
  }
  // A worker whose test runner was killed, or has bailed out, goes on with a test that nobody wants to know of any more.
  if (runnerPid) {
    const runner = processOf(Number(runnerPid));
    setInterval(() => isDead(runner) && end(), RUNNER_LOOKED_AFTER_MS);
  }
  // A missing engine is told to whoever asks for a pod.
  agent.prepare().catch(() => {});

  function end(): void {
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => process.exit(), REMOVAL_MAX_MS).unref();
    void agent
      .close()
      // Those of a runner that was killed: nobody makes a report of them any more.
      .finally(() => records && removeLeft(records))
      .catch(tellError)
      .then(() => process.exit());
  }
}

function tell(message: FromAgent, onTaken?: () => void): void {
  if (process.connected) process.send?.(JSON.stringify(message), undefined, undefined, onTaken);
}

/** An engine quotes what a container wrote. */
function tellError(error: unknown): void {
  process.stderr.write(`${terminalText(inspect(error))}\n`);
}
