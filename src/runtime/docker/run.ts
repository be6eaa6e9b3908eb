import { randomBytes } from 'node:crypto';
import type { RuntimeError } from '../runtimeError';
import type { Engine } from './engine';
import { type ExitWatch, watchExits } from './exitWatch';
import { RUN_LABEL, runLabels } from './labels';
import { pauseImage } from './pauseImage';
import { removeLabelled } from './remove';

/** All that one process runs on an engine. */
export interface Run {
  readonly id: string;
  readonly engine: Engine;
  readonly labels: Readonly<Record<string, string>>;
  readonly exits: ExitWatch;
  /** The image of the sandbox containers. */
  readonly pauseImage: string;
  /** Removes everything of the run at once, whatever it is in the middle of. */
  remove(): Promise<void>;
}

/** Begins a run; `onLost` is called when its engine is lost. */
export async function beginRun(engine: Engine, onLost: (error: RuntimeError) => void): Promise<Run> {
  const id = randomBytes(6).toString('hex');
  const [image, exits] = await Promise.all([pauseImage(engine), watchExits(engine.docker, id, onLost)]);
  return {
    id,
    engine,
    labels: runLabels(id),
    exits,
    pauseImage: image,
    remove: () => removeLabelled(engine.docker, `${RUN_LABEL}=${id}`),
  };
}
