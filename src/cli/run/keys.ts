import { containersOf } from '../../manifest/model';
import type { HeldPod } from './heldPod';

type Fault = 'kill' | 'freeze' | 'thaw';

const FAULTS: Readonly<Record<string, Fault>> = { k: 'kill', f: 'freeze', t: 'thaw' };
const ENDS = 'Ctrl-C deletes the pod, a second one removes it at once';

/** What somebody can do to a pod by pressing keys, to one container of it at a time. */
export class Keys {
  readonly #pod: HeldPod;
  readonly #tell: (line: string) => void;
  readonly #containers: readonly string[];
  #chosen: string;

  constructor(pod: HeldPod, tell: (line: string) => void) {
    this.#pod = pod;
    this.#tell = tell;
    this.#containers = containersOf(pod.pod.spec).map(({ name }) => name);
    // Those that come first only get the others ready.
    this.#chosen = pod.pod.spec.containers[0]?.name ?? '';
  }

  /** What the keys are for, in a line. */
  get help(): string {
    const others = this.#containers.length > 1 ? ', tab chooses the next container' : '';
    return `keys: k kills, f freezes, t thaws ${this.#chosen}${others}; ? tells this again; ${ENDS}`;
  }

  /** Does what a key is for, and nothing for any other; what cannot be done is told. */
  async press(key: string): Promise<void> {
    const fault = FAULTS[key];
    if (fault) await this.#do(fault, this.#chosen);
    else if (key === 'tab') this.#chooseNext();
    else if (key === '?') this.#tell(this.help);
  }

  async #do(fault: Fault, container: string): Promise<void> {
    try {
      await this.#pod.container(container)[fault]();
    } catch (error) {
      this.#tell(`cannot ${fault} ${container}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #chooseNext(): void {
    const next = (this.#containers.indexOf(this.#chosen) + 1) % this.#containers.length;
    this.#chosen = this.#containers[next] ?? this.#chosen;
    this.#tell(`the keys are for ${this.#chosen}`);
  }
}
