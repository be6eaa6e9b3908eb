import path from 'node:path';
import { ROOT } from '../root.mjs';
import { DEFAULT_HOST } from './engine.mjs';
import { checkAll, meet } from './meet.mjs';
import { EXTRAS, PODS, REQUIREMENTS, TOOLS } from './requirements.mjs';
import { SetupError } from './say.mjs';

// Plain JavaScript without dependencies, for any Node since 20.0, because it brings a newer Node and the dependencies.

/** Brings Node and the dependencies. Resolves to the environment in which everything after it runs. */
export const setUpTools = () => setUpAll(TOOLS);

/** Brings the tools, and a container engine with the images of the examples. */
export const setUp = () => setUpAll([...TOOLS, ...PODS]);

/** Brings the same, and the other requirements of the tests. */
export const setUpForTests = () => setUpAll([...TOOLS, ...PODS, ...EXTRAS]);

/** Lists what is there and what is missing, and changes nothing. Resolves to an exit code. */
export const checkSetup = () => checkAll(REQUIREMENTS);

/** Runs `main`. If the machine lacks something, prints what, and sets the exit code that goes with it. */
export async function orSayWhatIsMissing(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`setup: ${error.message}`);
    process.exitCode = error.exitCode;
  }
}

async function setUpAll(requirements) {
  const context = {};
  for (const requirement of requirements) await meet(requirement, context);
  return environment(context);
}

function environment({ node, engine }) {
  const modules = path.join(ROOT, 'node_modules');
  return {
    ...process.env,
    PATH: [node, path.join(modules, '.bin'), process.env.PATH].join(path.delimiter),
    // Half of the time to load testcontainers is its compilation.
    NODE_COMPILE_CACHE: path.join(modules, '.cache/node'),
    ...(engine && engine.host !== DEFAULT_HOST && { DOCKER_HOST: engine.host }),
  };
}
