import { formatSearchOver } from '../../wording/gate/patches';
import type { Actor } from '../model/actor';

/** Limit of the search for patches of one experiment, on the clocks of its pods. */
const LIMIT_MS = 120_000;

/** Error of a search that reached its limit. */
export class SearchOver extends Error {
  override readonly name = 'SearchOver';
  readonly limitMs = LIMIT_MS;

  constructor() {
    super(formatSearchOver(LIMIT_MS));
  }
}

/** Adds up the time of the pods that a search tries. */
export class PatchSearch {
  readonly #actors: Actor[] = [];

  add(actor: Actor): void {
    this.#actors.push(actor);
  }

  /** @throws SearchOver if the limit is reached. */
  refuseWhenOver(): void {
    const spentMs = this.#actors.reduce((sum, { timeline }) => sum + timeline.now, 0);
    if (spentMs >= LIMIT_MS) throw new SearchOver();
  }
}
