import { select } from 'd3-selection';
import { type ZoomBehavior, zoom, zoomIdentity } from 'd3-zoom';
import { type AxisView, WHOLE } from '../../chart/axis';

/** Tolerance for rounding errors after zooming in and out again. */
const WHOLE_K = 1.0001;

/** Zooms an axis by wheel, pinch and drag. The axis starts `gutter` pixels from the left edge of its place. */
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
        // d3 zooms around the left edge of the place, the axis around its own left edge.
        this.#view = k < WHOLE_K ? WHOLE : { k, x: x + (k - 1) * this.#gutter };
        onChanged();
      });
    select(place).call(this.#zoom).on('dblclick.zoom', null);
  }

  get view(): AxisView {
    return this.#view;
  }

  /** Sets the place, the width and the maximum zoom of the axis. */
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

  /** Zooms around a pixel of the axis. */
  by(factor: number, x: number): void {
    select(this.#place).call(this.#zoom.scaleBy, factor, [x + this.#gutter, 0]);
  }

  /** Zooms to the stretch between two pixels of the whole axis. */
  only(from: number, to: number): void {
    const [, most = 1] = this.#zoom.scaleExtent();
    const k = Math.min(most, this.#plot / Math.max(1, to - from));
    const x = this.#plot / 2 - ((from + to) / 2) * k - (k - 1) * this.#gutter;
    select(this.#place).call(this.#zoom.transform, zoomIdentity.translate(x, 0).scale(k));
  }

  /** Scrolls so that a pixel is in the middle. */
  center(x: number): void {
    select(this.#place).call(this.#zoom.translateBy, (this.#plot / 2 - x) / this.#view.k, 0);
  }

  /** True if an event zooms or moves the axis. At zoom 1, a backward wheel turn or one finger scrolls the page instead. */
  #isGesture(event: Event): boolean {
    const isZoomed = this.#view.k > 1;
    if (event instanceof WheelEvent) return isZoomed || event.deltaY < 0;
    if ('touches' in event && event instanceof TouchEvent) return event.touches.length > 1 || isZoomed;
    return isZoomed && event instanceof MouseEvent && event.button === 0;
  }
}
