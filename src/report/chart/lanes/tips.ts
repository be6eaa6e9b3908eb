import { printable } from '../../../escaping/terminal';

const TIP_MAX = 300;

/** Texts, each kept once. */
export class Tips {
  readonly #places = new Map<string, number>();

  placeOf(text: string): number {
    const shown = shortened(text);
    const place = this.#places.get(shown) ?? this.#places.size;
    this.#places.set(shown, place);
    return place;
  }

  get all(): readonly string[] {
    return [...this.#places.keys()];
  }
}

/** What happened stands at the beginning of a text, why at its end. */
function shortened(text: string): string {
  const shown = printable(text);
  return shown.length > TIP_MAX ? `${shown.slice(0, TIP_MAX / 2)}…${shown.slice(-TIP_MAX / 2)}` : shown;
}
