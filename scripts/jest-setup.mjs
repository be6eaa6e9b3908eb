/** The agent runs as a process of its own, from `dist`: it has to be built before the first spec. */
export { build as default } from './build/build.mjs';
