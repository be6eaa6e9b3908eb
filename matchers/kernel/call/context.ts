import { terminalText } from '../../../src/escaping/terminal';

type Color = (text: string) => string;

interface Utils {
  matcherHint(name: string, received: string, expected: string, options: { isNot: boolean; promise: string }): string;
  readonly BOLD_WEIGHT: Color;
  readonly DIM_COLOR: Color;
  readonly EXPECTED_COLOR: Color;
  readonly RECEIVED_COLOR: Color;
}

/** The part of `this` of a matcher that is used. Jest and Vitest both have it. */
export interface Context {
  readonly isNot?: boolean | undefined;
  /** `resolves` or `rejects`, if the call has one. */
  readonly promise?: string | undefined;
  readonly utils: Utils;
}

export interface Result {
  readonly pass: boolean;
  message(): string;
}

/** Returns a result that fails the test with or without `.not`. */
export function refuse({ isNot = false }: Context, message: string): Result {
  return { pass: isNot, message: () => terminalText(message) };
}

/** Returns the result with the values of the pod's Secrets masked in its message, even if the test contains them. */
export function withoutSecrets(
  { pass, message }: Result,
  { hide = (text) => text }: { readonly hide?: ((text: string) => string) | undefined },
): Result {
  return { pass, message: () => terminalText(hide(message())) };
}
