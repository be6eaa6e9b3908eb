import { describe } from '@jest/globals';

const missing = process.env.JEST_KUBELET_NO_ENGINE;
if (missing !== undefined) console.warn(`skipped, as there is no container engine: ${missing}`);

/** For what needs a real container engine; skipped out loud where there is none. */
export const describeOnEngine = missing === undefined ? describe : describe.skip;
