import { Axis } from '../../chart/axis';
import type { Chart, Lane } from '../../chart/chart';
import { drawChart } from '../draw/drawChart';
import { type Layout, measurePlot, placeLanes } from '../draw/layout';
import { h } from '../draw/node';
import { createNode } from './dom';
import { findHit, type Hit } from './hit';
import { Tip } from './tip';
import { Zooming } from './zooming';

/** A drag of at most this distance is a click. */
const CLICK_PIXELS = 5;
/** Resolution of the axis at the maximum zoom. */
const MS_PER_PIXEL_MIN = 0.2;
const KEY_FACTOR = 1.6;
const PAPER_WIDTH = 1000;
/** The pointer reaches the ends of the axis from a little beyond them. */
const EDGE = 6;
/** Top of the cursor, below the labels of the axis. */
const TOP = 18;

export interface ChartListener {
  /** Runs when the pointer moves to an instant. */
  onPointed(at: number): void;
  /** Runs when the user clicks an instant. */
  onPicked(at: number): void;
}

/** Interactive chart that fills the available width. */
export class ChartView {
  readonly #place: HTMLElement;
  readonly #picture: Chart;
  readonly #listener: ChartListener;
  readonly #zooming: Zooming;
  readonly #tip = new Tip();
  #lanes: readonly Lane[];
  #axis: Axis;
  #layout: Layout;
  #width = 0;
  #cursor = 0;
  #isHeld = false;
  #isDue = false;
  /** Position of the pressed button, and whether the user drags from there. */
  #down: { readonly x: number; readonly isDrag: boolean } | undefined;

  constructor(place: HTMLElement, picture: Chart, listener: ChartListener) {
    this.#place = place;
    this.#picture = picture;
    this.#listener = listener;
    this.#lanes = picture.lanes;
    this.#axis = new Axis(picture.end, picture.cuts, 1);
    this.#layout = placeLanes(picture.lanes, 1);
    this.#zooming = new Zooming(place, () => this.#redrawSoon());
    new ResizeObserver(() => this.#fit(place.clientWidth)).observe(place);
    place.addEventListener('pointermove', (event) => this.#onMove(event));
    place.addEventListener('pointerdown', (event) => this.#onDown(event));
    place.addEventListener('pointerup', (event) => this.#onUp(event));
    place.addEventListener('pointercancel', () => this.#cancel());
    place.addEventListener('pointerleave', () => this.#tip.hide());
    place.addEventListener('click', (event) => this.#onClick(event));
  }

  set lanes(lanes: readonly Lane[]) {
    this.#lanes = lanes;
    this.#redrawSoon();
  }

  /** Moves the cursor to an instant. */
  point(at: number, isHeld: boolean): void {
    this.#cursor = at;
    this.#isHeld = isHeld;
    this.#placeCursor();
  }

  /** Zooms around the cursor, or shows the whole timeline. */
  zoom(how: 'in' | 'out' | 'whole'): void {
    if (how === 'whole') this.#zooming.whole();
    else this.#zooming.by(how === 'in' ? KEY_FACTOR : 1 / KEY_FACTOR, this.#axis.x(this.#cursor));
  }

  /** Scrolls to an instant if it is not visible. */
  reveal(at: number): void {
    const x = this.#axis.x(at);
    if (x < 0 || x > this.#axis.width) this.#zooming.center(x);
  }

  /** Shows the whole timeline at the width of paper. */
  fitPaper(): void {
    this.#zooming.whole();
    this.#fit(PAPER_WIDTH);
  }

  #fit(width: number): void {
    if (width === 0 || width === this.#width) return;
    this.#width = width;
    const { gutter, plot } = measurePlot(width);
    this.#zooming.fit(gutter, plot, Math.max(1, this.#picture.end / plot / MS_PER_PIXEL_MIN));
    this.#redraw();
  }

  #redrawSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      this.#redraw();
    });
  }

  #redraw(): void {
    if (this.#width === 0) return;
    const { end, cuts } = this.#picture;
    this.#layout = placeLanes(this.#lanes, this.#width);
    this.#axis = new Axis(end, cuts, measurePlot(this.#width).plot, this.#zooming.view);
    const picture = drawChart({ picture: this.#picture, lanes: this.#lanes, width: this.#width, axis: this.#axis });
    this.#place.replaceChildren(createNode(picture), this.#tip.element);
    this.#placeCursor();
  }

  #placeCursor(): void {
    this.#clear('.cursor');
    const x = this.#axis.x(this.#cursor);
    if (x < -1 || x > this.#axis.width + 1) return;
    const at = x + this.#layout.gutter;
    this.#place
      .querySelector('svg')
      ?.append(
        createNode(
          h(
            'g',
            { class: this.#isHeld ? 'cursor held' : 'cursor' },
            h('line', { x1: at, x2: at, y1: TOP, y2: this.#layout.height }),
            h('path', { d: `M${at - 5} ${TOP - 1}h10l-5 7z` }),
          ),
        ),
      );
  }

  #clear(selector: string): void {
    for (const old of this.#place.querySelectorAll(selector)) old.remove();
  }

  /** Returns the position of the pointer on the axis, and its height in the chart. */
  #locate({ clientX, clientY }: MouseEvent): { readonly x: number; readonly y: number } {
    const { left, top } = this.#place.getBoundingClientRect();
    return { x: clientX - left - this.#layout.gutter, y: clientY - top };
  }

  #hit(event: MouseEvent): Hit | undefined {
    return findHit(this.#locate(event), this.#layout, this.#axis, this.#picture);
  }

  #onMove(event: PointerEvent): void {
    const { x, y } = this.#locate(event);
    if (this.#down?.isDrag) this.#showStretch(this.#down.x, x);
    if (x < -EDGE) return this.#tip.hide();
    const hit = this.#hit(event);
    this.#listener.onPointed(hit?.at ?? this.#axis.at(x));
    if (hit) this.#tip.show(hit, { x: x + this.#layout.gutter, y }, this.#width);
    else this.#tip.hide();
  }

  /** Starts a drag. It selects a stretch while the whole timeline is visible, because there is nothing to scroll then. */
  #onDown(event: PointerEvent): void {
    const { x } = this.#locate(event);
    if (event.button !== 0 || x < -EDGE) return;
    const isDrag = this.#zooming.view.k === 1 && event.pointerType !== 'touch';
    this.#down = { x, isDrag };
    if (isDrag) this.#place.setPointerCapture(event.pointerId);
  }

  #onUp(event: PointerEvent): void {
    this.#clear('.stretch');
    const { x } = this.#locate(event);
    const down = this.#down;
    if (!down?.isDrag) return;
    this.#down = { x: down.x, isDrag: false };
    if (Math.abs(x - down.x) > CLICK_PIXELS) this.#zooming.only(Math.min(x, down.x), Math.max(x, down.x));
  }

  #cancel(): void {
    this.#clear('.stretch');
    this.#down = undefined;
  }

  #onClick(event: MouseEvent): void {
    const { x } = this.#locate(event);
    const down = this.#down;
    this.#down = undefined;
    if (x < -EDGE || (down && Math.abs(x - down.x) > CLICK_PIXELS)) return;
    this.#listener.onPicked(this.#hit(event)?.at ?? this.#axis.at(x));
  }

  #showStretch(from: number, to: number): void {
    this.#clear('.stretch');
    const { gutter, height } = this.#layout;
    const [x, width] = [Math.max(0, Math.min(from, to)) + gutter, Math.abs(to - from)];
    const shape = h('rect', { class: 'stretch', x, y: TOP, width, height: height - TOP });
    this.#place.querySelector('svg')?.append(createNode(shape));
  }
}
