import { spawn } from 'node:child_process';
import { availableParallelism, setPriority } from 'node:os';

/** Keeps a processor busy with checks of whether the process that started it still runs. */
const LOOP = 'parent=$PPID; while kill -0 $parent 2>/dev/null; do :; done';
const PLAIN = 0;

/** Starts so many busy loops per core. They end with this process, however it ends. */
export function startLoops(perCore) {
  const loops = Array.from({ length: perCore * availableParallelism() }, () =>
    spawn('sh', ['-c', LOOP], { stdio: 'ignore' }),
  );
  const isPlain = loops.map(({ pid }) => hasPlainPriority(pid)).every(Boolean);
  const stop = () => {
    for (const loop of loops) loop.kill('SIGKILL');
  };
  process.on('exit', stop);
  return { count: loops.length, isPlain, stop };
}

/**
 * Returns true if a process has the default priority. A loop with a low priority yields to the pods and does
 * not slow them down.
 */
function hasPlainPriority(pid) {
  try {
    setPriority(pid, PLAIN);
    return true;
  } catch {
    return false;
  }
}
