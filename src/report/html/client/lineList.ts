import { find, findAll } from './dom';

/** List of timed lines. It scrolls to the last line before the cursor, and fades the lines after it. */
export class LineList {
  readonly #list: HTMLElement | undefined;
  readonly #items: readonly HTMLElement[];
  readonly #times: readonly number[];
  #past = 0;

  constructor(section: HTMLElement | undefined) {
    this.#list = section && find(section, 'ol');
    this.#items = this.#list ? findAll(this.#list, 'li') : [];
    this.#times = this.#items.map(({ dataset }) => Number(dataset.at));
    this.#past = this.#items.length;
  }

  /** Instant of each line. */
  get times(): readonly number[] {
    return this.#times;
  }

  point(at: number): void {
    const found = this.#times.findIndex((time) => time > at);
    const past = found < 0 ? this.#times.length : found;
    for (const item of this.#items.slice(Math.min(past, this.#past), Math.max(past, this.#past)))
      item.classList.toggle('later', past < this.#past);
    this.#items[this.#past - 1]?.classList.remove('current');
    this.#past = past;
    const current = this.#items[past - 1];
    current?.classList.add('current');
    if (this.#list) this.#list.scrollTop = current ? current.offsetTop - this.#list.clientHeight * 0.6 : 0;
  }

  /** Shows only the lines of these containers. */
  filter(isShown: (who: string) => boolean): void {
    for (const item of this.#items) item.hidden = !isShown(item.dataset.who ?? '');
  }

  /** Calls back with the instant of a clicked line. */
  onPicked(picked: (at: number) => void): void {
    this.#list?.addEventListener('click', ({ target }) => {
      const item = target instanceof Element ? target.closest<HTMLElement>('li') : undefined;
      if (item) picked(Number(item.dataset.at));
    });
  }
}
