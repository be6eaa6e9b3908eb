import { Axis } from '../../chart/axis';
import type { Chart, Lane } from '../../chart/chart';
import { drawChart } from '../draw/drawChart';
import { type Layout, layOut, plotIn } from '../draw/layout';
import { h } from '../draw/node';
import { dom } from './dom';
import { type Hit, hitAt } from './hit';
import { Tip } from './tip';
import { Zooming } from './zooming';

/** A stretch that is dragged over no more than this was meant as a click. */
const CLICK_PIXELS = 5;
/** The most that an axis is magnified to. */
const MS_PER_PIXEL_LEAST = 0.2;
const KEY_FACTOR = 1.6;
const PAPER_WIDTH = 1000;
/** What is at the ends of the axis is still pointed at a little beyond them. */
const EDGE = 6;
/** Below the labels of the axis. */
const TOP = 18;

export interface ChartListener {
  /** Somebody points at an instant. */
  onPointed(at: number): void;
  onPicked(at: number): void;
}

/** The picture in its place: drawn anew as wide as there is room, magnified, pointed at. */
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
  /** Where the button went down, and whether a stretch is dragged over from there. */
  #down: { readonly x: number; readonly isDrag: boolean } | undefined;

  constructor(place: HTMLElement, picture: Chart, listener: ChartListener) {
    this.#place = place;
    this.#picture = picture;
    this.#listener = listener;
    this.#lanes = picture.lanes;
    this.#axis = new Axis(picture.end, picture.cuts, 1);
    this.#layout = layOut(picture.lanes, 1);
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

  /** Puts the cursor on an instant; held, it looks so. */
  point(at: number, isHeld: boolean): void {
    this.#cursor = at;
    this.#isHeld = isHeld;
    this.#placeCursor();
  }

  /** Magnifies around the cursor, or shows the whole life again. */
  magnify(how: 'in' | 'out' | 'whole'): void {
    if (how === 'whole') this.#zooming.whole();
    else this.#zooming.by(how === 'in' ? KEY_FACTOR : 1 / KEY_FACTOR, this.#axis.x(this.#cursor));
  }

  /** Moves what is seen so that the instant is in it. */
  reveal(at: number): void {
    const x = this.#axis.x(at);
    if (x < 0 || x > this.#axis.width) this.#zooming.center(x);
  }

  /** The whole of it as wide as paper is. */
  fitPaper(): void {
    this.#zooming.whole();
    this.#fit(PAPER_WIDTH);
  }

  #fit(width: number): void {
    if (width === 0 || width === this.#width) return;
    this.#width = width;
    const { gutter, plot } = plotIn(width);
    this.#zooming.fit(gutter, plot, Math.max(1, this.#picture.end / plot / MS_PER_PIXEL_LEAST));
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
    this.#layout = layOut(this.#lanes, this.#width);
    this.#axis = new Axis(end, cuts, plotIn(this.#width).plot, this.#zooming.view);
    const picture = drawChart({ picture: this.#picture, lanes: this.#lanes, width: this.#width, axis: this.#axis });
    this.#place.replaceChildren(dom(picture), this.#tip.element);
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
        dom(
          h(
            'g',
            { class: this.#isHeld ? 'cursor held' : 'cursor' },
            h('line', { x1: at, x2: at, y1: TOP, y2: this.#layout.height }),
            h('path', { d: `M${at - 5} ${TOP - 1}h10l-5 7z` }),
          ),
        ),
      );
  }

  #clear(what: string): void {
    for (const old of this.#place.querySelectorAll(what)) old.remove();
  }

  /** The pixel of the axis, and of the picture's height, where the pointer is. */
  #placeOf({ clientX, clientY }: MouseEvent): { readonly x: number; readonly y: number } {
    const { left, top } = this.#place.getBoundingClientRect();
    return { x: clientX - left - this.#layout.gutter, y: clientY - top };
  }

  #hit(event: MouseEvent): Hit | undefined {
    return hitAt(this.#placeOf(event), this.#layout, this.#axis, this.#picture);
  }

  #onMove(event: PointerEvent): void {
    const { x, y } = this.#placeOf(event);
    if (this.#down?.isDrag) this.#showStretch(this.#down.x, x);
    if (x < -EDGE) return this.#tip.hide();
    const hit = this.#hit(event);
    this.#listener.onPointed(hit?.at ?? this.#axis.at(x));
    if (hit) this.#tip.show(hit, { x: x + this.#layout.gutter, y }, this.#width);
    else this.#tip.hide();
  }

  /** Where the whole is seen there is nothing to move: a drag then picks what is to be seen. */
  #onDown(event: PointerEvent): void {
    const { x } = this.#placeOf(event);
    if (event.button !== 0 || x < -EDGE) return;
    const isDrag = this.#zooming.view.k === 1 && event.pointerType !== 'touch';
    this.#down = { x, isDrag };
    if (isDrag) this.#place.setPointerCapture(event.pointerId);
  }

  #onUp(event: PointerEvent): void {
    this.#clear('.stretch');
    const { x } = this.#placeOf(event);
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
    const { x } = this.#placeOf(event);
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
    this.#place.querySelector('svg')?.append(dom(shape));
  }
}
