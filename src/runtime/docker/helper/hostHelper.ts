import { RuntimeError } from '../../runtimeError';
import { isNotRunning, messageOf } from '../engine/engineError';
import { unlessGone } from '../engine/remove';
import { createHelper, HELPER_FIX, type Helper, type HelperParts, runIn } from './helper';

/**
 * A container of ours in the pid namespace of the engine's machine, which reaches the processes of other containers. It
 * starts with its first use and stays until the run ends: a new one for each look would take longer than some pods live.
 */
export class HostHelper {
  readonly #run: HelperParts;
  #helper: Promise<Helper> | undefined;
  #isEnded = false;

  constructor(run: HelperParts) {
    this.#run = run;
  }

  /**
   * Runs a program of the pause image there and returns its output.
   *
   * @throws RuntimeError where the engine does not let it; `task` is an infinitive.
   */
  async run(task: string, argv: readonly string[]): Promise<Buffer> {
    try {
      return await this.#runOnce(argv);
    } catch (cause) {
      throw new RuntimeError('container engine', `failed to ${task}: ${messageOf(cause)}. ${HELPER_FIX}`, { cause });
    }
  }

  /** Removes the container. Nothing can be run any more: a container made later would be left on the engine. */
  async end(): Promise<void> {
    this.#isEnded = true;
    const helper = await this.#helper?.catch(() => undefined);
    if (helper) await unlessGone(helper.remove({ force: true, v: true }));
  }

  /** A container that an engine has lost by a restart is replaced. */
  async #runOnce(argv: readonly string[]): Promise<Buffer> {
    const helper = this.#started();
    try {
      return await runIn(await helper, argv);
    } catch (error) {
      const isLost = isNotRunning(error) || (await helper.catch(() => undefined)) === undefined;
      if (isLost && this.#helper === helper) this.#helper = undefined;
      if (!isNotRunning(error)) throw error;
      return runIn(await this.#started(), argv);
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
