import { randomUUID } from 'node:crypto';
import { printable, terminalText } from '../escaping/terminal';
import type { Console } from './console';
import type { Screen } from './gate/progress';

type StreamName = 'out' | 'err';

/**
 * Returns a console that escapes the text of manifests, apps and container engines, so that no terminal or CI system acts
 * on it. In GitHub Actions, such text is also between random `stop-commands` tokens, and `end` closes the last one.
 *
 * Source: docs.github.com "Workflow commands", "Stopping and starting workflow commands".
 */
export function safeConsole(console: Console, env: NodeJS.ProcessEnv): Console & { end(): void } {
  const tokens = env.GITHUB_ACTIONS === 'true' ? new Tokens(console) : undefined;
  const { paint, screen } = console;
  const hidden: ((text: string) => string)[] = [];
  const clean = (text: string) => terminalText(hidden.reduce((left, hide) => hide(left), text));
  return {
    ...console,
    out(text) {
      tokens?.stop('out');
      console.out(clean(text));
    },
    err(text) {
      tokens?.stop('err');
      console.err(clean(text));
    },
    data(text) {
      tokens?.resume();
      console.data(text);
    },
    hide: (hide) => void hidden.push(hide),
    ...(paint && { paint }),
    ...(screen && { screen: async () => safeScreen(await screen(), clean) }),
    end: () => tokens?.resume(),
  };
}

function safeScreen(screen: Screen, clean: (text: string) => string): Screen {
  return {
    ...screen,
    draw: (lines) => screen.draw(lines.map((line) => printable(clean(line)))),
    keep: (line) => screen.keep(clean(line)),
  };
}

/** Tokens that stop workflow commands. GitHub reads both streams of a step as one log, and resumes at the same token. */
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
