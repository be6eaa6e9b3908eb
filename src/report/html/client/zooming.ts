import { select } from 'd3-selection';
import { type ZoomBehavior, zoom, zoomIdentity } from 'd3-zoom';
import { type AxisView, WHOLE } from '../../chart/axis';

/** Magnified and back again is the whole, but for what a sum of fractions is off. */
const WHOLE_K = 1.0001;

/** Magnifies an axis that begins `gutter` pixels from the left of its place, by wheel, pinch and drag. */
export class Zooming {
  readonly #place: HTMLElement;
  readonly #zoom: ZoomBehavior<HTMLElement, unknown>;
  #gutter = 0;
  #plot = 1;
  #view = WHOLE;

  constructor(place: HTMLElement, onChanged: () => void) {
    this.#place = place;
    this.#zoom = zoom<HTMLElement, unknown>()
      .filter((event) => this.#isGesture(event))
      .on('zoom', ({ transform: { k, x } }) => {
        // d3 magnifies around the left of the place, the axis around its own.
        this.#view = k < WHOLE_K ? WHOLE : { k, x: x + (k - 1) * this.#gutter };
        onChanged();
      });
    select(place).call(this.#zoom).on('dblclick.zoom', null);
  }

  get view(): AxisView {
    return this.#view;
  }

  /** Notes where the axis is, how wide, and how far it may be magnified. */
  fit(gutter: number, plot: number, most: number): void {
    this.#gutter = gutter;
    this.#plot = plot;
    const extent: [[number, number], [number, number]] = [
      [gutter, 0],
      [gutter + plot, 1],
    ];
    this.#zoom.scaleExtent([1, most]).extent(extent).translateExtent(extent);
  }

  whole(): void {
    select(this.#place).call(this.#zoom.transform, zoomIdentity);
  }

  /** Magnifies around a pixel of the axis. */
  by(factor: number, x: number): void {
    select(this.#place).call(this.#zoom.scaleBy, factor, [x + this.#gutter, 0]);
  }

  /** Shows nothing but what is seen between two pixels of the whole axis. */
  only(from: number, to: number): void {
    const [, most = 1] = this.#zoom.scaleExtent();
    const k = Math.min(most, this.#plot / Math.max(1, to - from));
    const x = this.#plot / 2 - ((from + to) / 2) * k - (k - 1) * this.#gutter;
    select(this.#place).call(this.#zoom.transform, zoomIdentity.translate(x, 0).scale(k));
  }

  /** Moves what is seen so that a pixel comes to its middle. */
  center(x: number): void {
    select(this.#place).call(this.#zoom.translateBy, (this.#plot / 2 - x) / this.#view.k, 0);
  }

  /** Turning the wheel back where nothing is magnified scrolls the page; one finger does so too. */
  #isGesture(event: Event): boolean {
    const isMagnified = this.#view.k > 1;
    if (event instanceof WheelEvent) return isMagnified || event.deltaY < 0;
    if ('touches' in event && event instanceof TouchEvent) return event.touches.length > 1 || isMagnified;
    return isMagnified && event instanceof MouseEvent && event.button === 0;
  }
}
