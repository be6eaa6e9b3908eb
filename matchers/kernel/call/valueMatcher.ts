import { inspect } from 'node:util';
import type { Context, Result } from './context';
import { Misuse } from './misuse';
import type { ArgumentCheck } from './options';

export interface Likeness<Asked> {
  readonly name: string;
  /** Its name among the arguments, for what is wrong with it. */
  readonly asks: string;
  readonly check: ArgumentCheck;
  /** As it reads after `Expected:`. */
  readonly expected: (asked: Asked) => string;
  readonly isLike: (value: unknown, asked: Asked) => boolean;
}

/**
 * A matcher of a single value, made for its asymmetric form: `expect(pod.events).toContainEqual(expect.podEvent('Killing'))`.
 *
 * What cannot be meant is thrown: of an asymmetric matcher a message would not be seen, and `.not` would pass.
 */
export function valueMatcher<Asked>({ name, asks, check, expected, isLike }: Likeness<Asked>) {
  return function (this: Context, received: unknown, asked: Asked): Result {
    const wrong = check(asked);
    if (wrong !== undefined) throw new Misuse(`expect.${name}(): ${asks}: ${wrong}`);
    const { utils, isNot = false, promise = '' } = this;
    const message = () =>
      [
        utils.matcherHint(name, 'value', inspect(asked), { isNot, promise }),
        `Expected: ${isNot ? 'not ' : ''}${utils.EXPECTED_COLOR(expected(asked))}\nReceived: ${utils.RECEIVED_COLOR(inspect(received))}`,
      ].join('\n\n');
    return { pass: isLike(received, asked), message };
  };
}
