import { describe } from '@jest/globals';

const missing = process.env.__JEST_KUBELET_NO_ENGINE;
// Jest keeps the console of a skipped file to itself.
if (missing !== undefined) process.stderr.write(`specs/engine skipped: there is no container engine, ${missing}\n`);

/** For what needs a real container engine; skipped out loud where there is none. */
export const describeOnEngine = missing === undefined ? describe : describe.skip;
