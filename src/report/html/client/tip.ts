import type { Hit } from './hit';

/** Text about the element under the pointer. */
export class Tip {
  readonly element = document.createElement('div');

  constructor() {
    this.element.className = 'tip';
    this.element.hidden = true;
  }

  hide(): void {
    this.element.hidden = true;
  }

  /** Shows a text beside a place, within the given width. */
  show({ title, text }: Hit, { x, y }: { readonly x: number; readonly y: number }, width: number): void {
    const head = document.createElement('b');
    head.textContent = title;
    this.element.replaceChildren(head, ` ${text}`);
    this.element.hidden = false;
    const left = Math.min(x + 14, width - this.element.offsetWidth - 4);
    this.element.style.left = `${Math.max(0, left)}px`;
    this.element.style.top = `${y + 18}px`;
  }
}
