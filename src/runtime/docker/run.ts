import { randomBytes } from 'node:crypto';
import type { RuntimeError } from '../runtimeError';
import { type ExitWatch, watchExits } from './containers/exitWatch';
import { checkEngine } from './engine/checkEngine';
import type { Engine } from './engine/engine';
import { watchHeartbeat } from './engine/heartbeat';
import { KeptContainers } from './engine/keptContainers';
import { RUN_LABEL, runLabels } from './engine/labels';
import { enlistReaper } from './engine/reaper';
import { removeLabelled, sweep } from './engine/remove';
import { pauseImage } from './helper/helperImage';
import { HostHelper } from './helper/hostHelper';
import { SignalHere } from './helper/signalHere';
import { type PodReach, podReach } from './sandbox/podReach';

/** The containers and connections of one process on an engine. */
export interface Run {
  readonly id: string;
  readonly engine: Engine;
  readonly labels: Readonly<Record<string, string>>;
  readonly exits: ExitWatch;
  /** The containers that only jest-kubelet may end. */
  readonly kept: KeptContainers;
  /** The image of the sandbox containers. */
  readonly pauseImage: string;
  readonly reach: PodReach;
  /** The work of our own containers on the engine's machine. Each entry is removed when its work is done. */
  readonly helpers: Set<Promise<unknown>>;
  /** Reaches the processes of containers if the engine runs on another machine. */
  readonly hostHelper: HostHelper;
  /** Signals processes of containers if they are processes of this machine. */
  readonly signalHere: SignalHere;
  /** Removes everything of the run immediately, in any state. */
  remove(): Promise<void>;
  /**
   * Resolves if the engine responds and has ended none of the kept containers.
   *
   * @throws RuntimeError if not.
   */
  check(): Promise<void>;
  /** Closes the connections to the engine. */
  close(): void;
}

/** Starts a run, and removes the objects of dead runs. `onLost` is called when its engine is lost. */
export async function beginRun(engine: Engine, onLost: (error: RuntimeError) => void): Promise<Run> {
  const id = randomBytes(6).toString('hex');
  const reach = podReach(engine);
  const [image, exits] = await Promise.all([pauseImage(engine), watchExits(engine.docker, id, onLost)]);
  // The run does not depend on these two, so it neither waits for them nor reports their errors.
  for (const precaution of [sweep(engine.docker), enlistReaper(engine, id)]) precaution.catch(() => {});
  const helpers = new Set<Promise<unknown>>();
  const signalHere = new SignalHere();
  const labels = runLabels(id);
  const kept = new KeptContainers();
  const hostHelper = new HostHelper({ engine, labels, pauseImage: image });
  const heartbeat = watchHeartbeat(engine.docker, id, { onExited: exits.catchUp, onLost });
  return {
    id,
    engine,
    labels,
    exits,
    kept,
    pauseImage: image,
    reach,
    helpers,
    hostHelper,
    signalHere,
    async remove() {
      kept.releaseAll();
      const ended = hostHelper.end();
      await removeLabelled(engine.docker, `${RUN_LABEL}=${id}`);
      await Promise.allSettled([...helpers, ended]);
    },
    check: () => checkEngine(engine.docker, { id, kept }),
    close() {
      heartbeat.stop();
      exits.close();
      signalHere.close();
    },
  };
}
