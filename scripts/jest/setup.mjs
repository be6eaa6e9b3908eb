import { build } from '../build/build.mjs';
import { browserProgram } from '../setup/browser.mjs';
import { explainMissingEngine } from '../setup/engine.mjs';

/** Builds `dist` before the first spec, because the agent runs from there in a separate process. */
export default async function setUp() {
  const [missing] = await Promise.all([explainMissingEngine(), build()]);
  // Specs that need an engine are skipped without one, with a message.
  if (missing !== undefined) process.env.__JEST_KUBELET_NO_ENGINE = missing;
  process.env.JEST_KUBELET_BROWSER ??= browserProgram() ?? '';
}
