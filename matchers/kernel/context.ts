import type { MatcherContext } from 'expect';

/** The part of a matcher's `this` that is used; Vitest's has it as well. */
export type Context = Pick<MatcherContext, 'isNot' | 'promise' | 'utils'>;

export interface Result {
  readonly pass: boolean;
  message(): string;
}

/** A result that fails the test with or without `.not`: neither held nor violated. */
export function refuse({ isNot = false }: Context, message: string): Result {
  return { pass: isNot, message: () => message };
}
