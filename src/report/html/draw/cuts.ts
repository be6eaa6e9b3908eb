import { type Axis, formatClock } from '../../chart/axis';
import { AXIS_HEIGHT } from './layout';
import { h, type Node } from './node';
import { measureText, px, rectangle } from './shapes';

/** A text at the left edge of the chart, which the labels of cuts must not touch. */
export interface EdgeText {
  /** Right edge, in pixels of the axis. */
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Width of a vertical label. */
const LABEL_WIDTH = 12;
const PADDING = 8;

/** Draws a cut with its length. The label is vertical, and is shortened or omitted if it does not fit. */
export function drawCut(
  { x, width, cut }: Axis['cuts'][number],
  axis: Axis,
  height: number,
  obstacles: readonly EdgeText[],
): Node {
  const length = formatClock(Math.round((cut.to - cut.from) / 100) * 100);
  const left = x + (width - LABEL_WIDTH) / 2;
  const isVisible = width >= LABEL_WIDTH && left >= 0 && left + LABEL_WIDTH <= axis.width;
  const labels = isVisible ? [`${length} ${cut.isSkipped ? 'skipped' : 'without events'}`, length] : [];
  const near = obstacles.filter(({ right }) => right > left);
  const [fitting] = labels.flatMap((label) => {
    const bottom = findBottom(measureText(label), height, near);
    return bottom === undefined ? [] : [{ label, bottom }];
  });
  return h(
    'g',
    { class: 'cut' },
    h('rect', { class: 'cut-ground', ...rectangle(x, AXIS_HEIGHT - 6, width, height) }),
    h('path', { class: 'cut-edge', d: drawZigzag(x, height) }),
    h('path', { class: 'cut-edge', d: drawZigzag(x + width, height) }),
    fitting ? drawLabel(fitting.label, x + width / 2 + 4, fitting.bottom) : [],
  );
}

function drawLabel(label: string, x: number, bottom: number): Node {
  return h('text', { class: 'cut-label', transform: `translate(${px(x)} ${px(bottom)}) rotate(-90)` }, label);
}

/** Finds the lowest place for a vertical label that touches no obstacle. */
function findBottom(length: number, height: number, obstacles: readonly EdgeText[]): number | undefined {
  const bottoms = [height, ...obstacles.map(({ top }) => top)].map((edge) => edge - PADDING).sort((a, b) => b - a);
  return bottoms.find((bottom) => {
    const top = bottom - length;
    return top >= AXIS_HEIGHT - 6 && obstacles.every((one) => one.bottom <= top || one.top >= bottom);
  });
}

function drawZigzag(x: number, height: number): string {
  const steps = Math.ceil((height - AXIS_HEIGHT) / 8);
  return `M${px(x)} ${AXIS_HEIGHT - 6}${Array.from({ length: steps }, (_, n) => `l${n % 2 ? -4 : 4} 8`).join('')}`;
}
