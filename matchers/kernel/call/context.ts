import { terminalText } from '../../../src/escaping/terminal';

type Color = (text: string) => string;

interface Utils {
  matcherHint(name: string, received: string, expected: string, options: { isNot: boolean; promise: string }): string;
  readonly BOLD_WEIGHT: Color;
  readonly DIM_COLOR: Color;
  readonly EXPECTED_COLOR: Color;
  readonly RECEIVED_COLOR: Color;
}

/** The part of a matcher's `this` that is used; Vitest's has it as well. */
export interface Context {
  readonly isNot?: boolean | undefined;
  /** `resolves` or `rejects`, where one stands before the matcher. */
  readonly promise?: string | undefined;
  readonly utils: Utils;
}

export interface Result {
  readonly pass: boolean;
  message(): string;
}

/** A result that fails the test with or without `.not`: neither passed nor failed. */
export function refuse({ isNot = false }: Context, message: string): Result {
  return { pass: isNot, message: () => terminalText(message) };
}

/** A result whose message does not show what the pod's Secrets hold, even where the test itself names it. */
export function withoutSecrets(
  { pass, message }: Result,
  { hide = (text) => text }: { readonly hide?: ((text: string) => string) | undefined },
): Result {
  return { pass, message: () => terminalText(hide(message())) };
}
