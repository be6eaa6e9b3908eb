import { formatSearchOver } from '../../wording/gate/patches';
import type { Actor } from '../model/actor';

/** How long the search for the changes of one experiment may take on the clocks of its pods. */
const LIMIT_MS = 120_000;

/** The search for a change took too long. */
export class SearchOver extends Error {
  override readonly name = 'SearchOver';
  readonly limitMs = LIMIT_MS;

  constructor() {
    super(formatSearchOver(LIMIT_MS));
  }
}

/** Counts the time of the pods that a search tries. */
export class PatchSearch {
  readonly #actors: Actor[] = [];

  add(actor: Actor): void {
    this.#actors.push(actor);
  }

  /** @throws SearchOver if no other pod may be tried. */
  refuseWhenOver(): void {
    const spentMs = this.#actors.reduce((sum, { timeline }) => sum + timeline.now, 0);
    if (spentMs >= LIMIT_MS) throw new SearchOver();
  }
}
