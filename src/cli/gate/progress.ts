import type { TargetResult } from '../../gate/model/targetResult';
import type { Progress } from '../../gate/runner/runExperiments';
import type { PodTime } from '../../gate/runner/session/podTime';
import { formatSeconds } from '../../wording/durations';
import { formatCheckMessage } from '../../wording/gate/results/checkMessage';

/** Where progress is shown: what is drawn stands until the next drawing, what is kept stays above it. */
export interface Screen {
  draw(lines: readonly string[]): void;
  keep(line: string): void;
  clear(): void;
}

/** What a scenario came to, in a word or a sentence. */
function outcomeOf(answers: readonly TargetResult[]): string {
  const failed = answers
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ message }) => formatCheckMessage(message));
  if (failed.length > 0) return `failed: ${failed.join('; ')}`;
  return answers.length > 0 ? 'passed' : 'over';
}

/** Progress as a log has it: a line for each thing that happens, with the seconds since the beginning. */
export function plainProgress(tell: (line: string) => void, elapsedMs: () => number): Progress {
  const say = (scenario: string, what: string) => tell(`${elapsed(elapsedMs())}  ${scenario}: ${what}`);
  return {
    onStarted: (scenario) => say(scenario, 'started'),
    onWaiting: (scenario, waitingFor) => say(scenario, `waits for ${waitingFor}`),
    onPlayed: () => {},
    onFinished: (scenario, answers) => say(scenario, outcomeOf(answers)),
  };
}

interface ProgressRow {
  readonly startedMs: number;
  readonly doing: string;
}

const REDRAW_MS = 250;

/** Progress as a terminal shows it: what runs, since when, and what it waits for; what is over stays above. */
export class LiveProgress implements Progress {
  readonly #screen: Screen;
  readonly #elapsedMs: () => number;
  readonly #rows = new Map<string, ProgressRow>();
  readonly #timer: NodeJS.Timeout;
  #isClosed = false;

  constructor(screen: Screen, elapsedMs: () => number) {
    this.#screen = screen;
    this.#elapsedMs = elapsedMs;
    this.#timer = setInterval(() => this.#draw(), REDRAW_MS);
    this.#timer.unref();
  }

  onStarted(scenario: string): void {
    this.#rows.set(scenario, { startedMs: this.#elapsedMs(), doing: 'starts' });
    this.#draw();
  }

  onWaiting(scenario: string, waitingFor: string): void {
    this.#does(scenario, `waits for ${waitingFor}`);
  }

  onPlayed(scenario: string): void {
    this.#does(scenario, 'is cleared away');
  }

  onFinished(scenario: string, answers: readonly TargetResult[]): void {
    this.#rows.delete(scenario);
    if (this.#isClosed) return;
    this.#screen.keep(`${elapsed(this.#elapsedMs())}  ${scenario}: ${outcomeOf(answers)}`);
    this.#draw();
  }

  /** Ends the drawing: what is told after that is nobody's any more. */
  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#screen.clear();
  }

  #does(scenario: string, doing: string): void {
    const row = this.#rows.get(scenario);
    if (row) this.#rows.set(scenario, { ...row, doing });
    this.#draw();
  }

  #draw(): void {
    if (this.#isClosed) return;
    const now = this.#elapsedMs();
    const widest = Math.max(0, ...[...this.#rows.keys()].map(({ length }) => length));
    this.#screen.draw(
      [...this.#rows].map(([name, { startedMs, doing }]) => {
        const since = `${Math.floor((now - startedMs) / 1_000)}s`;
        return `  ${name.padEnd(widest)}  ${since.padStart(4)}  ${doing}`;
      }),
    );
  }
}

/** The same progress for a scenario of one of several workloads, and how long there were pods. */
export function timed(progress: Progress, time: PodTime, prefix: string): Progress {
  const named = (scenario: string) => `${prefix}${scenario}`;
  return {
    onStarted: (scenario) => progress.onStarted(named(scenario)),
    onWaiting: (scenario, waitingFor) => {
      time.begin(named(scenario));
      progress.onWaiting(named(scenario), waitingFor);
    },
    onPlayed: (scenario) => {
      time.end(named(scenario));
      progress.onPlayed(named(scenario));
    },
    onFinished: (scenario, answers) => progress.onFinished(named(scenario), answers),
  };
}

function elapsed(ms: number): string {
  return `+${formatSeconds(ms)}`.padStart(8);
}
