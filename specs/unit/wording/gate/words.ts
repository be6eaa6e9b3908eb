import type { MessageOf } from '../../../../src/wording/message';

/** Example messages of each kind. */
export type Examples<Table extends Readonly<Record<string, unknown>>> = {
  readonly [Kind in keyof Table]: Omit<Extract<MessageOf<Table>, { readonly kind: Kind }>, 'kind'>;
};

/** Returns the sentence of each example, one per line, by kind. */
export function wordsFor<Table extends Readonly<Record<string, unknown>>>(
  examples: Examples<Table>,
  format: (message: MessageOf<Table>) => unknown,
): string {
  return Object.entries(examples)
    .map(([kind, facts]) => `${kind}: ${format({ kind, ...(facts as object) } as MessageOf<Table>)}`)
    .join('\n');
}
