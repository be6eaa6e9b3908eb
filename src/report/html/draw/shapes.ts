import { type Element, h } from './node';

/** Draws a vertical line, or a line to `x2`. */
export function line(name: string, x: number, from: number, to: number, x2 = x): Element {
  return h('line', { class: name, x1: px(x), y1: from, x2: px(x2), y2: to });
}

export function box(x: number, y: number, width: number, height: number): Element {
  return h('rect', rectangle(x, y, width, height));
}

/** Returns the attributes of a rectangle. */
export function rectangle(x: number, y: number, width: number, height: number) {
  return { x: px(x), y: px(y), width: px(width), height: px(height) };
}

/** Rounds a pixel to a tenth. More digits are not visible and make the page larger. */
export function px(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Upper bounds of character widths in the font of the charts, so that texts never overlap. */
const NARROW_WIDTH = 4.6;
const WIDE_WIDTH = 10.9;
const CAPITAL_WIDTH = 8.7;
const CHARACTER_WIDTH = 7.05;
const BOLD = 1.15;

/** Returns the maximum width of a text in pixels. */
export function measureText(text: string, isBold = false): number {
  const width = [...text].reduce((sum, character) => sum + measureCharacter(character), 0);
  return isBold ? width * BOLD : width;
}

function measureCharacter(character: string): number {
  if (/[iljtfrI .,:;'()|]/.test(character)) return NARROW_WIDTH;
  if (/[mwMW%@…]/.test(character)) return WIDE_WIDTH;
  return /[A-Z]/.test(character) ? CAPITAL_WIDTH : CHARACTER_WIDTH;
}

/** A horizontal stretch of pixels. */
export interface Room {
  readonly from: number;
  readonly to: number;
}
