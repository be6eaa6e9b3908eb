import type { Screen } from './progress';

/** Returns stderr as a screen. */
export async function terminalScreen(stream: NodeJS.WriteStream): Promise<Screen> {
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(stream);
  return {
    draw: (lines) => update(lines.join('\n')),
    keep(line) {
      update.clear();
      stream.write(`${line}\n`);
    },
    clear() {
      update.clear();
      update.done();
    },
  };
}
