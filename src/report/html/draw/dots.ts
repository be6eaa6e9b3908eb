import type { Axis } from '../../chart/axis';
import type { Dot, DotLook } from '../../chart/chart';
import { type Element, h, type Node } from './node';
import { px } from './shapes';

/** Dots that are closer together are drawn as one. */
const DOT_GAP = 5;
const WORST_LAST: readonly DotLook[] = ['ok', 'wait', 'odd', 'bad'];

/** Draws the dots of a lane. If several share a place, the worst one is visible. */
export function drawDots(dots: readonly Dot[], middle: number, axis: Axis): readonly Node[] {
  const places = new Map<number, { readonly x: number; readonly look: DotLook }>();
  for (const [at, look] of dots) {
    const x = axis.x(at);
    if (x < -4 || x > axis.width + 4) continue;
    const place = Math.round(x / DOT_GAP);
    const before = places.get(place);
    if (!before || WORST_LAST.indexOf(look) > WORST_LAST.indexOf(before.look)) places.set(place, { x, look });
  }
  return [...places.values()].map(({ x, look }) => drawDot(x, middle, look));
}

/** Draws each look in its own shape, because some readers cannot distinguish the colors. */
export function drawDot(x: number, y: number, look: DotLook): Element {
  switch (look) {
    case 'ok':
      return h('circle', { class: 'dot ok', cx: px(x), cy: y, r: 2.4 });
    case 'wait':
      return h('circle', { class: 'dot wait', cx: px(x), cy: y, r: 3 });
    case 'odd':
      return h('path', { class: 'dot odd', d: `M${px(x)} ${y - 5}l5 5-5 5-5-5z` });
    case 'bad':
      return h('path', { class: 'dot bad', d: `M${px(x - 4)} ${y - 4}l8 8m0-8l-8 8` });
  }
}
