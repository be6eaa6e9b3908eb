import { NEVER } from '../../clock/instant';
import { RuntimeError } from '../../runtime/runtimeError';
import { checkedSignal } from '../shared/options';
import type { SimulatedContainer } from './simulatedPod';
import type { Simulation } from './simulation';

/** The container behind a {@link SimulatedContainer}. */
export class ScriptedContainer implements SimulatedContainer {
  readonly name: string;
  readonly #simulation: Simulation;

  constructor(simulation: Simulation, name: string) {
    this.#simulation = simulation;
    this.name = name;
  }

  async freeze(): Promise<void> {
    this.#simulation.act({ action: 'freeze', container: this.name });
    this.#refuseUnless(this.#simulation.runtime.freeze(this.name));
  }

  async thaw(): Promise<void> {
    this.#simulation.act({ action: 'thaw', container: this.name });
    this.#refuseUnless(this.#simulation.runtime.thaw(this.name, this.#simulation.now));
    this.#simulation.advance(this.#simulation.now);
  }

  #refuseUnless(runs: boolean): void {
    if (!runs)
      throw new RuntimeError(
        `container ${this.name}`,
        'is not running. Only a running container can be frozen or thawed',
      );
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    checkedSignal(`container ${this.name}`, signal);
    this.#simulation.act({ action: 'kill', container: this.name, detail: signal });
    const process = this.#simulation.runtime.kill(this.name, signal, this.#simulation.now);
    if (!process)
      throw new RuntimeError(`container ${this.name}`, 'is not running. Only a running container can be signaled');
    const isLethal = signal === 'SIGKILL';
    this.#simulation.advance(isLethal ? NEVER : this.#simulation.now, () => isLethal && !process.isRunning);
  }
}
