/** The time for which waits are kept. */
const KEPT_MS = 15 * 60_000;

/** The total wait at an instant. */
interface WaitedPoint {
  readonly at: number;
  readonly waitedMs: number;
}

/** The total wait of a container over time. It never grows faster than time passes. */
export class WaitedTime {
  #points: readonly WaitedPoint[] = [];

  /** Adds the wait since the last look. A wait longer than that time is counted just before it. */
  add(at: number, waitedMs: number): void {
    const last = this.#points.at(-1);
    const ownMs = last ? Math.min(waitedMs, at - last.at) : waitedMs;
    const points = waitedBefore(this.#points, waitedMs - ownMs);
    const before = points.at(-1)?.waitedMs ?? 0;
    const point = { at, waitedMs: before + ownMs };
    const isFlat = before === point.waitedMs && points.at(-2)?.waitedMs === point.waitedMs;
    const kept = (isFlat ? points.slice(0, -1) : points).filter((one) => at - one.at <= KEPT_MS);
    this.#points = [...kept, point];
  }

  /** Returns the wait in milliseconds between `from` and the last look. */
  since(from: number): number {
    return (this.#points.at(-1)?.waitedMs ?? 0) - this.#waitedBy(from);
  }

  /** Returns the total wait at an instant. Between two looks the wait is taken to be even. */
  #waitedBy(at: number): number {
    const next = this.#points.findIndex((point) => point.at >= at);
    const to = this.#points[next];
    const from = this.#points[next - 1];
    if (!to) return this.#points.at(-1)?.waitedMs ?? 0;
    if (!from || to.at === from.at) return to.waitedMs;
    return from.waitedMs + ((at - from.at) / (to.at - from.at)) * (to.waitedMs - from.waitedMs);
  }
}

/** Adds a wait at the end of the intervals between the points, as far as it fits. */
function waitedBefore(points: readonly WaitedPoint[], ms: number): readonly WaitedPoint[] {
  if (ms <= 0) return points;
  let leftMs = ms;
  const added = points.map(() => 0);
  for (let index = points.length - 1; index > 0 && leftMs > 0; index -= 1) {
    const [from, to] = points.slice(index - 1, index + 1) as [WaitedPoint, WaitedPoint];
    const roomMs = to.at - from.at - (to.waitedMs - from.waitedMs);
    added[index] = Math.max(0, Math.min(leftMs, roomMs));
    leftMs -= added[index] ?? 0;
  }
  let sumMs = 0;
  return points.map(({ at, waitedMs }, index) => {
    sumMs += added[index] ?? 0;
    return { at, waitedMs: waitedMs + sumMs };
  });
}
