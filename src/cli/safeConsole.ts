import { randomUUID } from 'node:crypto';
import { printable, terminalText } from '../escaping/terminal';
import type { Console } from './console';
import type { Screen } from './gate/progress';

type StreamName = 'out' | 'err';

/**
 * Returns a console that prints what a manifest, an app or an engine wrote as text: no terminal and no CI system acts on
 * it. In GitHub Actions such texts also stand between `stop-commands` tokens that nobody can guess; `end` closes the last.
 *
 * Source: docs.github.com "Workflow commands", "Stopping and starting workflow commands".
 */
export function safeConsole(console: Console, env: NodeJS.ProcessEnv): Console & { end(): void } {
  const tokens = env.GITHUB_ACTIONS === 'true' ? new Tokens(console) : undefined;
  const { paint, screen } = console;
  const hidden: ((text: string) => string)[] = [];
  const shown = (text: string) => terminalText(hidden.reduce((left, hide) => hide(left), text));
  return {
    ...console,
    out(text) {
      tokens?.stop('out');
      console.out(shown(text));
    },
    err(text) {
      tokens?.stop('err');
      console.err(shown(text));
    },
    data(text) {
      tokens?.resume();
      console.data(text);
    },
    hide: (hide) => void hidden.push(hide),
    ...(paint && { paint }),
    ...(screen && { screen: async () => safeScreen(await screen(), shown) }),
    end: () => tokens?.resume(),
  };
}

function safeScreen(screen: Screen, shown: (text: string) => string): Screen {
  return {
    ...screen,
    draw: (lines) => screen.draw(lines.map((line) => printable(shown(line)))),
    keep: (line) => screen.keep(shown(line)),
  };
}

/** GitHub reads both streams of a step as one log, and stops until it reads the token again. */
class Tokens {
  readonly #console: Console;
  #stopped: { readonly stream: StreamName; readonly token: string } | undefined;

  constructor(console: Console) {
    this.#console = console;
  }

  stop(stream: StreamName): void {
    if (this.#stopped?.stream === stream) return;
    this.resume();
    const token = randomUUID();
    this.#stopped = { stream, token };
    this.#console[stream](`::stop-commands::${token}`);
  }

  resume(): void {
    if (this.#stopped) this.#console[this.#stopped.stream](`::${this.#stopped.token}::`);
    this.#stopped = undefined;
  }
}
