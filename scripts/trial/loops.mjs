import { spawn } from 'node:child_process';

const LOOP =
  'process.on("disconnect", () => process.exit()); (function turn() { const until = Date.now() + 50; while (Date.now() < until); setImmediate(turn); })();';

/** Processes that keep the machine busy. They end with this one, however it ends. */
export class Loops {
  #children;

  constructor(count) {
    this.#children = Array.from({ length: count }, () =>
      spawn(process.execPath, ['--eval', LOOP], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }),
    );
  }

  end() {
    for (const child of this.#children) child.disconnect();
  }
}
