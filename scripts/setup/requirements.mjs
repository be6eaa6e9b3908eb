import { BROWSER } from './browser.mjs';
import { DEPENDENCIES } from './dependencies.mjs';
import { ENGINE } from './engine.mjs';
import { BASES, EXAMPLES } from './images.mjs';
import { NODE } from './node.mjs';
import { PODMAN } from './podman.mjs';

// The requirements of the project: `--check` prints the findings of `find(context)`, which changes nothing, and setup
// calls `bring(missing, context)`. A finding has a `name`, and `found` or `missing` (why), `fix` (what you can do),
// `step` (what setup does, if it can) and, if it is optional, `loss` (what is skipped).

/** The requirements of every npm script. */
export const TOOLS = [NODE, DEPENDENCIES];

/** The requirements of running pods. */
export const PODS = [ENGINE, BASES, EXAMPLES];

/** The requirements of some specs only. */
export const EXTRAS = [BROWSER, PODMAN];

export const REQUIREMENTS = [...TOOLS, ...PODS, ...EXTRAS];
