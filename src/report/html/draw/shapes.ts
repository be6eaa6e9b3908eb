import { type Element, h } from './node';

/** A line down, or across to `x2`. */
export function line(name: string, x: number, from: number, to: number, x2 = x): Element {
  return h('line', { class: name, x1: px(x), y1: from, x2: px(x2), y2: to });
}

export function box(x: number, y: number, width: number, height: number): Element {
  return h('rect', rectangle(x, y, width, height));
}

/** A rectangle's attributes. */
export function rectangle(x: number, y: number, width: number, height: number) {
  return { x: px(x), y: px(y), width: px(width), height: px(height) };
}

/** A pixel to a tenth: more is not seen, and only makes the page larger. */
export function px(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Of a letter in the pictures' writing, on the safe side; a capital is wider, and so is what is bold. */
const CHARACTER_WIDTH = 6.4;
const CAPITAL_WIDTH = 8;
const BOLD = 1.15;

/** How wide a text is at most. */
export function widthOf(text: string, isBold = false): number {
  const capitals = text.match(/[A-Z]/g)?.length ?? 0;
  const plain = capitals * CAPITAL_WIDTH + (text.length - capitals) * CHARACTER_WIDTH;
  return isBold ? plain * BOLD : plain;
}

/** A stretch of pixels. */
export interface Room {
  readonly from: number;
  readonly to: number;
}
