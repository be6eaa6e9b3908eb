import { describe } from '@jest/globals';

const missing = process.env.__JEST_KUBELET_NO_ENGINE;
// Jest keeps the console of a skipped file to itself.
if (missing !== undefined) process.stderr.write(`specs/engine skipped: no container engine is available, ${missing}\n`);

/** `describe` for a real container engine. It skips and prints the reason if no engine is available. */
export const describeOnEngine = missing === undefined ? describe : describe.skip;
