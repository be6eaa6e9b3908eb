import { printable } from '../../../escaping/terminal';

const TIP_MAX = 300;

/** Texts of dots. Equal texts are stored once. */
export class Tips {
  readonly #places = new Map<string, number>();

  /** Stores a text and returns its index. */
  addText(text: string): number {
    const shown = shorten(text);
    const place = this.#places.get(shown) ?? this.#places.size;
    this.#places.set(shown, place);
    return place;
  }

  get all(): readonly string[] {
    return [...this.#places.keys()];
  }
}

/** Cuts the middle: a text starts with the event and ends with the reason. */
function shorten(text: string): string {
  const shown = printable(text);
  return shown.length > TIP_MAX ? `${shown.slice(0, TIP_MAX / 2)}…${shown.slice(-TIP_MAX / 2)}` : shown;
}
