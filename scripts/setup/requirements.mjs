import { BROWSER } from './browser.mjs';
import { DEPENDENCIES } from './dependencies.mjs';
import { ENGINE } from './engine.mjs';
import { BASES, EXAMPLES } from './images.mjs';
import { NODE } from './node.mjs';
import { PODMAN } from './podman.mjs';

// The one list of what the project needs from a machine: `--check` prints it, and setup brings what it lacks.
//
// A requirement has `find(context)`, which changes nothing and returns findings, and `bring(missing, context)`. A
// finding has a `name`, and either `found`, or `missing` (why), `fix` (what you can do) and, if setup can bring it,
// `step` (what setup does). `loss` says what is skipped without it: such a requirement is optional.

/** What every npm script needs. */
export const TOOLS = [NODE, DEPENDENCIES];

/** What runs pods. */
export const PODS = [ENGINE, BASES, EXAMPLES];

/** What only some specs need. */
export const EXTRAS = [BROWSER, PODMAN];

export const REQUIREMENTS = [...TOOLS, ...PODS, ...EXTRAS];
