import type { Patches } from '../runner/patches';
import { patchDrain } from './drain';
import { patchGrace } from './grace';
import { patchMemory } from './memory';
import { patchSlowAnswer } from './slowAnswer';
import { patchSlowStart } from './slowStart';

export const PATCHES: Patches = {
  memory: patchMemory,
  slowAnswer: patchSlowAnswer,
  slowStart: patchSlowStart,
  grace: patchGrace,
  drain: async (session, _, { container }) => (container === undefined ? undefined : patchDrain(session, container)),
};
