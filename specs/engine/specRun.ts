import { fork } from 'node:child_process';
import path from 'node:path';
import { findEngine } from '../../src/runtime/docker/engine/engine';
import { RUN_LABEL } from '../../src/runtime/docker/engine/labels';
import { beginRun, type Run } from '../../src/runtime/docker/run';
import type { RuntimeError } from '../../src/runtime/runtimeError';

/** Starts a run without an agent, for specs of the runtime. A caretaker process cleans up after an interrupted spec. */
export async function beginSpecRun(
  onLost: (error: RuntimeError) => void = () => {},
): Promise<{ run: Run; end: () => Promise<void> }> {
  const run = await beginRun(await findEngine(), onLost);
  const args = [`${RUN_LABEL}=${run.id}`];
  const caretaker = fork(path.join(__dirname, 'caretaker.cjs'), args, {
    detached: true,
    execArgv: [],
    stdio: 'ignore',
  });
  caretaker.unref();
  const end = async () => {
    await run.remove();
    run.close();
    caretaker.disconnect();
  };
  return { run, end };
}
