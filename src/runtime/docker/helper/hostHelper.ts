import { RuntimeError } from '../../runtimeError';
import { getEngineMessage, isStoppedError } from '../engine/engineError';
import { unlessGone } from '../engine/remove';
import { createHelper, execInHelper, HELPER_FIX, type Helper, type HelperParts } from './helper';

/**
 * A container of ours in the pid namespace of the engine's machine, from which it reaches the processes of other
 * containers. It starts with its first use and stays until the run ends, because a new one for each look would take
 * longer than some pods run.
 */
export class HostHelper {
  readonly #run: HelperParts;
  #helper: Promise<Helper> | undefined;
  #isEnded = false;

  constructor(run: HelperParts) {
    this.#run = run;
  }

  /**
   * Runs a program of the pause image there and returns its output. `task` is an infinitive.
   *
   * @throws RuntimeError if the engine does not permit it.
   */
  async run(task: string, argv: readonly string[]): Promise<Buffer> {
    try {
      return await this.#runOnce(argv);
    } catch (cause) {
      throw new RuntimeError('container engine', `failed to ${task}: ${getEngineMessage(cause)}. ${HELPER_FIX}`, {
        cause,
      });
    }
  }

  /**
   * Removes the container. No program can run after that, because a container created later would be left on the
   * engine.
   */
  async end(): Promise<void> {
    this.#isEnded = true;
    const helper = await this.#helper?.catch(() => undefined);
    if (helper) await unlessGone(helper.remove({ force: true, v: true }));
  }

  /** Runs a program once. A container that the engine has lost in a restart is replaced. */
  async #runOnce(argv: readonly string[]): Promise<Buffer> {
    const helper = this.#started();
    try {
      return await execInHelper(await helper, argv);
    } catch (error) {
      const isLost = isStoppedError(error) || (await helper.catch(() => undefined)) === undefined;
      if (isLost && this.#helper === helper) this.#helper = undefined;
      if (!isStoppedError(error)) throw error;
      return execInHelper(await this.#started(), argv);
    }
  }

  #started(): Promise<Helper> {
    if (this.#isEnded) throw new Error('the run has ended');
    this.#helper ??= this.#start();
    return this.#helper;
  }

  async #start(): Promise<Helper> {
    const helper = await createHelper(this.#run, { PidMode: 'host', CapAdd: ['KILL'] });
    try {
      await helper.start();
      return helper;
    } catch (error) {
      await unlessGone(helper.remove({ force: true, v: true }));
      throw error;
    }
  }
}
