import path from 'node:path';
import { ROOT } from '../root.mjs';
import { ensureBrowser } from './browser.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { DEFAULT_HOST, ensureEngine } from './engine.mjs';
import { ensureImages } from './images.mjs';
import { ensureNode } from './node.mjs';
import { ensurePodman } from './podman.mjs';
import { SetupError } from './say.mjs';

// Plain JavaScript without dependencies, for any Node from 20.0 on: it brings a newer one, and the dependencies.

/** Brings Node and the dependencies; returns the environment in which everything after it runs. */
export function setUpTools() {
  const node = ensureNode();
  ensureDependencies();
  const modules = path.join(ROOT, 'node_modules');
  return {
    ...process.env,
    PATH: [node, path.join(modules, '.bin'), process.env.PATH].join(path.delimiter),
    // Half of the time to load testcontainers is its compilation.
    NODE_COMPILE_CACHE: path.join(modules, '.cache/node'),
  };
}

/** The same, and a container engine that has the images of the examples. */
export async function setUp() {
  const env = setUpTools();
  const engine = await ensureEngine();
  await ensureImages(engine);
  return engine.host === DEFAULT_HOST ? env : { ...env, DOCKER_HOST: engine.host };
}

/** The same, and what else the tests need. */
export async function setUpForTests() {
  const env = await setUp();
  ensureBrowser();
  ensurePodman();
  return env;
}

/** Runs `main`; where set-up lacks something, says what and leaves the exit code that goes with it. */
export async function orSayWhatIsMissing(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`set-up: ${error.message}`);
    process.exitCode = error.exitCode;
  }
}
