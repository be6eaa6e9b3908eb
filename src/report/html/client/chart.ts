import { select } from 'd3-selection';
import { type ZoomBehavior, zoom, zoomIdentity } from 'd3-zoom';
import { Axis, WHOLE } from '../axis';
import { type Layout, layOut, plotIn } from '../draw/layout';
import { drawn } from '../drawn';
import { h } from '../node';
import type { Lane, Picture } from '../picture';
import { dom } from './dom';
import { type Hit, hitAt } from './hit';

/** A stretch that is dragged over no more than this was meant as a click. */
const CLICK_PIXELS = 5;
/** The most that an axis is magnified to. */
const MS_PER_PIXEL_LEAST = 0.2;
const KEY_FACTOR = 1.6;
/** What is at the ends of the axis is still pointed at a little beyond them. */
const EDGE = 6;
const WHOLE_K = 1.0001;

export interface ChartListener {
  /** Somebody points at an instant, or no longer at any. */
  onPointed(at: number | undefined): void;
  onPicked(at: number): void;
}

/** The picture in its place: drawn anew as wide as there is room, magnified by wheel, pinch and drag. */
export class Chart {
  readonly #place: HTMLElement;
  readonly #picture: Picture;
  readonly #listener: ChartListener;
  readonly #zoom: ZoomBehavior<HTMLElement, unknown>;
  readonly #tip = document.createElement('div');
  #lanes: readonly Lane[];
  #view = WHOLE;
  #axis: Axis;
  #layout: Layout;
  #width = 0;
  #cursor = 0;
  #isHeld = false;
  #isDue = false;
  #dragFrom: number | undefined;

  constructor(place: HTMLElement, picture: Picture, listener: ChartListener) {
    this.#place = place;
    this.#picture = picture;
    this.#listener = listener;
    this.#lanes = picture.lanes;
    this.#axis = new Axis(picture.end, picture.cuts, 1);
    this.#layout = layOut(picture.lanes, 1);
    this.#tip.className = 'tip';
    this.#tip.hidden = true;
    this.#zoom = zoom<HTMLElement, unknown>()
      .filter((event) => this.#isGesture(event))
      .on('zoom', ({ transform: { k, x } }) => {
        // Magnified and back again is the whole, but for what a sum of fractions is off.
        this.#view = k < WHOLE_K ? WHOLE : { k, x };
        this.#redrawSoon();
      });
    select(place).call(this.#zoom).on('dblclick.zoom', null);
    new ResizeObserver(() => this.#fit()).observe(place);
    place.addEventListener('pointermove', (event) => this.#onMove(event));
    place.addEventListener('pointerdown', (event) => this.#onDown(event));
    place.addEventListener('pointerup', (event) => this.#onUp(event));
    place.addEventListener('pointerleave', () => this.#onLeave());
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
    const chart = select(this.#place);
    if (how === 'whole') chart.call(this.#zoom.transform, zoomIdentity);
    else chart.call(this.#zoom.scaleBy, how === 'in' ? KEY_FACTOR : 1 / KEY_FACTOR, [this.#axis.x(this.#cursor), 0]);
  }

  /** Moves what is seen so that the instant is in it. */
  reveal(at: number): void {
    const x = this.#axis.x(at);
    if (x >= 0 && x <= this.#axis.width) return;
    select(this.#place).call(this.#zoom.translateBy, (this.#axis.width / 2 - x) / this.#view.k, 0);
  }

  /** The whole of it as wide as paper is. */
  fitPaper(): void {
    this.magnify('whole');
    this.#fit(1000);
  }

  /** Turning the wheel back where nothing is magnified scrolls the page; one finger does so too. */
  #isGesture(event: Event): boolean {
    if (event instanceof WheelEvent) return this.#view.k > 1 || event.deltaY < 0;
    if ('touches' in event && event instanceof TouchEvent) return event.touches.length > 1 || this.#view.k > 1;
    return this.#view.k > 1 && event instanceof MouseEvent && event.button === 0;
  }

  #fit(width = this.#place.clientWidth): void {
    if (width === 0 || width === this.#width) return;
    this.#width = width;
    const plot = this.#plotWidth();
    const most = Math.max(1, this.#picture.end / plot / MS_PER_PIXEL_LEAST);
    this.#zoom
      .scaleExtent([1, most])
      .extent([
        [0, 0],
        [plot, 1],
      ])
      .translateExtent([
        [0, 0],
        [plot, 1],
      ]);
    this.#redraw();
  }

  #plotWidth(): number {
    return plotIn(this.#width).plot;
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
    this.#axis = new Axis(end, cuts, this.#plotWidth(), this.#view);
    const picture = drawn({ picture: this.#picture, lanes: this.#lanes, width: this.#width, axis: this.#axis });
    this.#place.replaceChildren(dom(picture), this.#tip);
    this.#placeCursor();
  }

  #placeCursor(): void {
    const svg = this.#place.querySelector('svg');
    if (!svg) return;
    for (const old of svg.querySelectorAll('.cursor')) old.remove();
    const x = this.#axis.x(this.#cursor);
    if (x < -1 || x > this.#axis.width + 1) return;
    const at = x + this.#layout.gutter;
    const look = this.#isHeld ? 'cursor held' : 'cursor';
    svg.append(
      dom(
        h(
          'g',
          { class: look },
          h('line', { x1: at, x2: at, y1: 18, y2: this.#layout.height }),
          h('path', { d: `M${at - 5} 17h10l-5 7z` }),
        ),
      ),
    );
  }

  #xOf(event: PointerEvent): number {
    return event.clientX - this.#place.getBoundingClientRect().left - this.#layout.gutter;
  }

  #yOf(event: PointerEvent): number {
    return event.clientY - this.#place.getBoundingClientRect().top;
  }

  #hit(event: PointerEvent): Hit | undefined {
    return hitAt({ x: this.#xOf(event), y: this.#yOf(event) }, this.#layout, this.#axis, this.#picture);
  }

  #onMove(event: PointerEvent): void {
    const x = this.#xOf(event);
    if (this.#dragFrom !== undefined) this.#showStretch(this.#dragFrom, x);
    if (x < -EDGE) return this.#onLeave();
    const hit = this.#hit(event);
    this.#listener.onPointed(hit?.at ?? this.#axis.at(x));
    this.#showTip(hit, x, this.#yOf(event));
  }

  #onLeave(): void {
    this.#tip.hidden = true;
    this.#listener.onPointed(undefined);
  }

  #onDown(event: PointerEvent): void {
    if (event.button !== 0 || this.#view.k > 1 || event.pointerType === 'touch') return;
    const x = this.#xOf(event);
    if (x < -EDGE) return;
    this.#dragFrom = x;
    this.#place.setPointerCapture(event.pointerId);
  }

  #onUp(event: PointerEvent): void {
    const x = this.#xOf(event);
    const from = this.#dragFrom;
    this.#dragFrom = undefined;
    for (const stretch of this.#place.querySelectorAll('.stretch')) stretch.remove();
    if (from !== undefined && Math.abs(x - from) > CLICK_PIXELS) this.#showOnly(Math.min(x, from), Math.max(x, from));
  }

  /** A click, and no drag: d3-zoom swallows those that end one. */
  listenForClicks(): void {
    let down = 0;
    this.#place.addEventListener('pointerdown', ({ clientX }) => {
      down = clientX;
    });
    this.#place.addEventListener('click', (event) => {
      const x = this.#xOf(event as PointerEvent);
      if (x < -EDGE || Math.abs(event.clientX - down) > CLICK_PIXELS) return;
      this.#listener.onPicked(this.#hit(event as PointerEvent)?.at ?? this.#axis.at(x));
    });
  }

  #showStretch(from: number, to: number): void {
    const svg = this.#place.querySelector('svg');
    for (const old of this.#place.querySelectorAll('.stretch')) old.remove();
    const x = Math.max(0, Math.min(from, to)) + this.#layout.gutter;
    const width = Math.abs(to - from);
    svg?.append(dom(h('rect', { class: 'stretch', x, y: 18, width, height: this.#layout.height - 18 })));
  }

  #showOnly(from: number, to: number): void {
    const plot = this.#axis.width;
    const [, most = 1] = this.#zoom.scaleExtent();
    const k = Math.min(most, plot / (to - from));
    const middle = (from + to) / 2;
    select(this.#place).call(this.#zoom.transform, zoomIdentity.translate(plot / 2 - middle * k, 0).scale(k));
  }

  #showTip(hit: Hit | undefined, x: number, y: number): void {
    this.#tip.hidden = hit === undefined;
    if (!hit) return;
    const head = document.createElement('b');
    head.textContent = hit.title;
    this.#tip.replaceChildren(head, ` ${hit.text}`);
    const left = Math.min(x + this.#layout.gutter + 14, this.#width - this.#tip.offsetWidth - 4);
    this.#tip.style.left = `${Math.max(0, left)}px`;
    this.#tip.style.top = `${y + 18}px`;
  }
}
