import { printable } from '../../../escaping/terminal';
import { type Element, h } from '../draw/node';

/** What the checks did not cover, a line each; nothing if they covered all. */
export function notCheckedSection(notChecked: readonly string[]): readonly Element[] {
  if (notChecked.length === 0) return [];
  const lines = notChecked.map((line) => h('li', {}, printable(line)));
  return [h('section', { class: 'verdicts' }, h('h2', {}, 'not checked'), h('ul', {}, lines))];
}
