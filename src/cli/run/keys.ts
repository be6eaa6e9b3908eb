import { containersOf } from '../../manifest/model';
import type { HeldPod } from './heldPod';

type Fault = 'kill' | 'freeze' | 'thaw';

const FAULTS: Readonly<Record<string, Fault>> = { k: 'kill', f: 'freeze', t: 'thaw' };
const STOP_HELP = 'Ctrl-C deletes the pod, a second Ctrl-C removes it immediately';

/** Keys that inject faults into one container of a pod at a time. */
export class Keys {
  readonly #pod: HeldPod;
  readonly #print: (line: string) => void;
  readonly #containers: readonly string[];
  #chosen: string;

  constructor(pod: HeldPod, print: (line: string) => void) {
    this.#pod = pod;
    this.#print = print;
    this.#containers = containersOf(pod.pod.spec).map(({ name }) => name);
    // Init containers only prepare the others, so start with the first main container.
    this.#chosen = pod.pod.spec.containers[0]?.name ?? '';
  }

  /** Returns the help for the keys, on one line. */
  get help(): string {
    const others = this.#containers.length > 1 ? ', tab next container' : '';
    return `keys for ${this.#chosen}: k kill, f freeze, t thaw${others}, ? help. ${STOP_HELP}`;
  }

  /** Runs the action of a key and prints an error if it fails. Ignores other keys. */
  async press(key: string): Promise<void> {
    const fault = FAULTS[key];
    if (fault) await this.#inject(fault, this.#chosen);
    else if (key === 'tab') this.#chooseNext();
    else if (key === '?') this.#print(this.help);
  }

  async #inject(fault: Fault, container: string): Promise<void> {
    try {
      await this.#pod.container(container)[fault]();
    } catch (error) {
      this.#print(`cannot ${fault} ${container}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #chooseNext(): void {
    const next = (this.#containers.indexOf(this.#chosen) + 1) % this.#containers.length;
    this.#chosen = this.#containers[next] ?? this.#chosen;
    this.#print(`keys now apply to ${this.#chosen}`);
  }
}
