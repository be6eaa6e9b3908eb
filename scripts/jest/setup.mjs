import { build } from '../build/build.mjs';
import { browserProgram } from '../setup/browser.mjs';
import { whyNoEngine } from '../setup/engine.mjs';

/** The agent runs as a process of its own, from `dist`: it has to be built before the first spec. */
export default async function setUp() {
  const [missing] = await Promise.all([whyNoEngine(), build()]);
  // What needs an engine is skipped without one, and says so.
  if (missing !== undefined) process.env.__JEST_KUBELET_NO_ENGINE = missing;
  process.env.JEST_KUBELET_BROWSER ??= browserProgram() ?? '';
}
