import type { TargetResult } from '../../gate/model/targetResult';
import type { Progress } from '../../gate/runner/runExperiments';
import type { PodTime } from '../../gate/runner/session/podTime';
import { formatSeconds } from '../../wording/durations';
import { formatCheckMessage } from '../../wording/gate/results/checkMessage';

/** Screen for progress. `draw` replaces the last drawing, and lines of `keep` stay above it. */
export interface Screen {
  draw(lines: readonly string[]): void;
  keep(line: string): void;
  clear(): void;
}

/** Returns the result of an experiment in a word or a sentence. */
function formatOutcome(answers: readonly TargetResult[]): string {
  const failed = answers
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ message }) => formatCheckMessage(message));
  if (failed.length > 0) return `failed: ${failed.join('. ')}`;
  return answers.length > 0 ? 'passed' : 'done';
}

/** Returns progress for a log: a line for each step, with the time since the start. */
export function plainProgress(print: (line: string) => void, elapsedMs: () => number): Progress {
  const report = (scenario: string, step: string) => print(`${formatElapsed(elapsedMs())}  ${scenario}: ${step}`);
  return {
    onStarted: (scenario) => report(scenario, 'started'),
    onWaiting: (scenario, waitingFor) => report(scenario, `waiting for ${waitingFor}`),
    onPlayed: () => {},
    onFinished: (scenario, answers) => report(scenario, formatOutcome(answers)),
  };
}

interface ProgressRow {
  readonly startedMs: number;
  readonly doing: string;
}

const REDRAW_MS = 250;

/** Progress on a terminal: each running experiment, its time and what it waits for. Finished ones stay above. */
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
    this.#rows.set(scenario, { startedMs: this.#elapsedMs(), doing: 'starting' });
    this.#draw();
  }

  onWaiting(scenario: string, waitingFor: string): void {
    this.#update(scenario, `waiting for ${waitingFor}`);
  }

  onPlayed(scenario: string): void {
    this.#update(scenario, 'removing the pod');
  }

  onFinished(scenario: string, answers: readonly TargetResult[]): void {
    this.#rows.delete(scenario);
    if (this.#isClosed) return;
    this.#screen.keep(`${formatElapsed(this.#elapsedMs())}  ${scenario}: ${formatOutcome(answers)}`);
    this.#draw();
  }

  /** Stops drawing. Later progress is ignored. */
  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#screen.clear();
  }

  #update(scenario: string, doing: string): void {
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

/** Returns progress that prefixes experiments with their workload, and records in `time` how long pods ran. */
export function trackPodTime(progress: Progress, time: PodTime, prefix: string): Progress {
  const addPrefix = (scenario: string) => `${prefix}${scenario}`;
  return {
    onStarted: (scenario) => progress.onStarted(addPrefix(scenario)),
    onWaiting: (scenario, waitingFor) => {
      time.begin(addPrefix(scenario));
      progress.onWaiting(addPrefix(scenario), waitingFor);
    },
    onPlayed: (scenario) => {
      time.end(addPrefix(scenario));
      progress.onPlayed(addPrefix(scenario));
    },
    onFinished: (scenario, answers) => progress.onFinished(addPrefix(scenario), answers),
  };
}

function formatElapsed(ms: number): string {
  return `+${formatSeconds(ms)}`.padStart(8);
}
