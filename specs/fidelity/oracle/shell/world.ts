/** A change of a file, or its removal if there is no text. */
interface Write {
  readonly atMs: number;
  readonly owner: string;
  readonly text: string | undefined;
}

/**
 * The files of a pod over time. Processes run one after another, so a read returns the newest write before its instant,
 * and the previous world for processes that have not run yet.
 */
export class World {
  readonly #before: World | undefined;
  readonly #files = new Map<string, Write[]>();
  readonly #begun = new Set<string>();
  readonly #signals: { readonly atMs: number; readonly to: string; readonly name: string }[] = [];

  constructor(before?: World) {
    this.#before = before;
  }

  /** Returns a copy of this world for experiments that do not change it. */
  fork(): World {
    const fork = new World(this.#before);
    for (const [file, writes] of this.#files) fork.#files.set(file, writes);
    for (const owner of this.#begun) fork.#begun.add(owner);
    fork.#signals.push(...this.#signals);
    return fork;
  }

  /** Begins the run of a process, and discards its writes of the previous world. */
  begin(owner: string): void {
    this.#begun.add(owner);
  }

  read(file: string, atMs: number): string | undefined {
    let newest: Write | undefined;
    const consider = (write: Write) => {
      if (write.atMs <= atMs && (!newest || write.atMs >= newest.atMs)) newest = write;
    };
    const earlier = this.#before ? (this.#before.#files.get(file) ?? []) : [];
    for (const write of earlier) if (!this.#begun.has(write.owner)) consider(write);
    for (const write of this.#files.get(file) ?? []) consider(write);
    return newest?.text;
  }

  write(file: string, atMs: number, owner: string, text: string | undefined): void {
    const writes = this.#files.get(file) ?? [];
    this.#files.set(file, [...writes, { atMs, owner, text }]);
  }

  /** Takes back what a process would have written after the instant at which it is killed. */
  cut(owner: string, atMs: number): void {
    for (const [file, writes] of this.#files) {
      this.#files.set(
        file,
        writes.filter((write) => write.owner !== owner || write.atMs <= atMs),
      );
    }
  }

  /** Returns the instants after `fromMs` at which a file changes. */
  changesSince(fromMs: number, untilMs: number): readonly number[] {
    const instants = [...this.#files.values()].flat().map(({ atMs }) => atMs);
    return [...new Set(instants)].filter((atMs) => atMs > fromMs && atMs <= untilMs).sort((a, b) => a - b);
  }

  /** All that is written, as a text: two worlds in which the same happens have the same one. */
  get fingerprint(): string {
    return JSON.stringify([[...this.#files], this.#signals]);
  }

  signal(to: string, atMs: number, name: string): void {
    this.#signals.push({ to, atMs, name });
  }

  /** Returns the signals that other processes sent to the first process of an instance. */
  signalsTo(to: string): readonly { readonly atMs: number; readonly name: string }[] {
    const sent = [...(this.#before ? this.#before.#signals : []), ...this.#signals].filter(
      (signal) => signal.to === to,
    );
    return sent.filter(
      (one, index) => sent.findIndex(({ atMs, name }) => atMs === one.atMs && name === one.name) === index,
    );
  }
}
