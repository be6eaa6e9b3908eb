import { inspect, parseArgs } from 'node:util';
import { terminalText } from '../escaping/terminal';
import { findEngine } from '../runtime/docker/engine/engine';
import { removeLeft } from '../runtime/ownedFolder';
import { identifyProcess, isDead } from '../runtime/owner';
import type { FromAgent, ToAgent } from './ipc/messages';
import { Agent } from './process/agent';
import { sweepLeft } from './process/sweepLeft';

/** The sweep of the next run removes everything that is left after this time. */
const REMOVAL_MAX_MS = 20_000;
const RUNNER_LOOKED_AFTER_MS = 1_000;

const {
  values: { runner: runnerPid, records, sweep },
} = parseArgs({
  options: { runner: { type: 'string' }, records: { type: 'string' }, sweep: { type: 'boolean' } },
});
if (sweep) sweepOnly();
else play();

/** Removes only what a killed agent has left, and exits. */
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
  // The test process has exited or has disconnected. Nothing of its pods may stay behind, for whatever reason it did.
  process.on('disconnect', end);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  for (const failure of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(failure, (error) => {
      tellError(error);
      process.exitCode = 1;
      end();
    });
  }
  // The worker of a test runner that was killed or bailed out continues with a test whose result nothing reads.
  if (runnerPid) {
    const runner = identifyProcess(Number(runnerPid));
    setInterval(() => isDead(runner) && end(), RUNNER_LOOKED_AFTER_MS);
  }
  // A missing engine is reported to the first request that needs it.
  agent.prepare().catch(() => {});

  function end(): void {
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => process.exit(), REMOVAL_MAX_MS).unref();
    void agent
      .close()
      // The records of a runner that was killed: no report will be made of them.
      .finally(() => records && removeLeft(records))
      .catch(tellError)
      .then(() => process.exit());
  }
}

function tell(message: FromAgent, onTaken?: () => void): void {
  if (process.connected) process.send?.(JSON.stringify(message), undefined, undefined, onTaken);
}

/** Prints an error without control characters, because an engine quotes what a container wrote. */
function tellError(error: unknown): void {
  process.stderr.write(`${terminalText(inspect(error))}\n`);
}
