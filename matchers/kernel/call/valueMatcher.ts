import { inspect } from 'node:util';
import type { ValueExpectation } from '../../../src/wording/expected/expectation';
import { formatExpected } from '../../../src/wording/expected/format';
import type { Context, Result } from './context';
import { Misuse } from './misuse';
import type { ArgumentCheck } from './options';

export interface Likeness<Asked> {
  readonly name: string;
  /** Name of the argument in messages. */
  readonly argument: string;
  readonly check: ArgumentCheck;
  readonly expected: (asked: Asked) => ValueExpectation;
  readonly isLike: (value: unknown, asked: Asked) => boolean;
}

/**
 * Returns a matcher of one value, for its asymmetric form: `expect(pod.events).toContainEqual(expect.podEvent('Killing'))`.
 *
 * It throws for an invalid argument, because Jest shows no message of an asymmetric matcher and `.not` would pass.
 */
export function valueMatcher<Asked>({ name, argument, check, expected, isLike }: Likeness<Asked>) {
  return function (this: Context, received: unknown, asked: Asked): Result {
    const problem = check(asked, argument);
    if (problem !== undefined) throw new Misuse(`expect.${name}(): ${problem}`);
    const { utils, isNot = false, promise = '' } = this;
    const sentence = formatExpected(expected(asked), isNot);
    const message = () =>
      [
        utils.matcherHint(name, 'value', inspect(asked), { isNot, promise }),
        `Expected: ${utils.EXPECTED_COLOR(sentence)}\nReceived: ${utils.RECEIVED_COLOR(inspect(received))}`,
      ].join('\n\n');
    return { pass: isLike(received, asked), message };
  };
}
