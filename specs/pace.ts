import { spawnSync } from 'node:child_process';

/** Milliseconds to start and end Node on two idle cores. */
const IDLE_MS = 40;
const SAMPLES = 2;

/** The factor by which the engine is slower than this machine. `npm run test:engines` measures it. */
const ENGINE = Number(process.env.SPEC_ENGINE_PACE ?? 1);

let pace: number | undefined;

/**
 * Returns a limit in real time: `ms` on an idle machine, and more on a slow one. Specs use no other source of real
 * time, and also scale durations that must exceed a limit.
 */
export function realLimit(ms: number): number {
  pace ??= Math.max(1, measuredMs() / IDLE_MS) * ENGINE;
  return Math.ceil(ms * pace);
}

/** Returns at least the time of a second on an idle machine, in whole seconds, because manifests have no fractions. */
export function realSecond(): number {
  return Math.round(realLimit(1_000) / 1_000);
}

function measuredMs(): number {
  const times = Array.from({ length: SAMPLES }, () => {
    const from = performance.now();
    spawnSync(process.execPath, ['--eval', '0']);
    return performance.now() - from;
  });
  return Math.max(...times);
}
