import { docker20 } from './docker20.mjs';
import { docker26 } from './docker26.mjs';
import { docker26v2 } from './docker26-v2.mjs';

/**
 * The engines that `npm run test:engines -- NAME` knows, in the order of their rows. Each starts in a place that it is
 * given, with the images of this machine's engine, and resolves to its `host` and to what stops it.
 */
export const ENGINES = [docker20, docker26, docker26v2];
