import type { Chart } from '../../chart/chart';
import { ChartView } from './chart';
import { find, findAll } from './dom';
import { LineList } from './lineList';
import { showStatus } from './statusRow';

const FINE_STEP_MS = 100;

/** Section of one pod, with a cursor that moves its chart, events, logs and status together. */
export class PodView {
  readonly picture: Chart;
  readonly section: HTMLDetailsElement;
  readonly #chart: ChartView | undefined;
  readonly #story: LineList;
  readonly #log: LineList;
  readonly #moments: readonly number[];
  readonly #hidden = new Set<string>();
  /** Runs when the user pins the cursor at an instant, or releases it. */
  onHeld: (at: number | undefined) => void = () => {};
  onUsed: () => void = () => {};
  #at: number;
  #isHeld = false;

  constructor(section: HTMLDetailsElement, picture: Chart) {
    this.section = section;
    this.picture = picture;
    this.#at = picture.end;
    this.#story = new LineList(find(section, '.story'));
    this.#log = new LineList(find(section, '.log'));
    this.#moments = [...new Set([0, ...this.#story.times, picture.end])].sort((a, b) => a - b);
    const place = find(section, '.chart');
    this.#chart = place && new ChartView(place, picture, this.#listener());
    for (const list of [this.#story, this.#log]) list.onPicked((at) => this.hold(at));
    for (const button of findAll(section, '[data-filter]')) {
      button.addEventListener('click', () => this.#toggle(button));
    }
    for (const button of findAll(section, '[data-zoom]')) {
      button.addEventListener('click', () => this.zoom(button.dataset.zoom as 'in' | 'out' | 'whole'));
    }
    section.addEventListener('pointerdown', () => this.onUsed());
    section.addEventListener('focusin', () => this.onUsed());
    this.#show();
  }

  #listener() {
    return {
      onPointed: (at: number) => {
        if (this.#isHeld) return;
        this.#at = at;
        this.#show();
      },
      onPicked: (at: number) => this.hold(at),
    };
  }

  /** Pins the cursor at an instant, regardless of the pointer. */
  hold(at: number): void {
    this.#at = Math.min(Math.max(0, at), this.picture.end);
    this.#isHeld = true;
    this.#chart?.reveal(this.#at);
    this.#show();
    this.onHeld(this.#at);
  }

  /** Releases the cursor and shows the whole timeline. */
  release(): void {
    this.#isHeld = false;
    this.zoom('whole');
    this.#show();
    this.onHeld(undefined);
  }

  /** Moves the cursor to the next event, or by a short time. */
  step(direction: 1 | -1, isFine: boolean): void {
    if (isFine) return this.hold(this.#at + direction * FINE_STEP_MS);
    const next =
      direction > 0 ? this.#moments.find((at) => at > this.#at) : this.#moments.findLast((at) => at < this.#at);
    this.hold(next ?? this.#at);
  }

  zoom(how: 'in' | 'out' | 'whole'): void {
    this.#chart?.zoom(how);
  }

  fitPaper(): void {
    this.section.open = true;
    this.#chart?.fitPaper();
  }

  #show(): void {
    this.#chart?.point(this.#at, this.#isHeld);
    showStatus(this.section, this.picture, this.#at);
    this.#story.point(this.#at);
    this.#log.point(this.#at);
  }

  #toggle(button: HTMLElement): void {
    const { filter, value } = button.dataset;
    const key = `${filter} ${value}`;
    const isShown = this.#hidden.delete(key);
    if (!isShown) this.#hidden.add(key);
    button.setAttribute('aria-pressed', String(isShown));
    if (this.#chart) {
      this.#chart.lanes = this.picture.lanes.filter(({ kind, container }) => {
        return !this.#hidden.has(`kind ${kind}`) && !this.#hidden.has(`container ${container}`);
      });
    }
    for (const list of [this.#story, this.#log]) list.filter((who) => !this.#hidden.has(`container ${who}`));
  }
}
