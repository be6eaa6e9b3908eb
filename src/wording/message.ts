/** The words of a topic by their kind: fixed, or a function of the facts that they need. */
type Wording = Readonly<Record<string, unknown>>;

type EntryWords<Entry> = Entry extends (facts: never) => infer Words ? Words : Entry;

/** The words for each kind of fact: a text, or a function that writes it. A kind without words does not compile. */
export type Words<Fact extends { readonly kind: string }> = {
  readonly [Kind in Fact['kind']]: string | ((fact: Extract<Fact, { readonly kind: Kind }>) => string);
};

/** A message as data: a kind of the table, with the facts that its words need. */
export type MessageOf<Table extends Wording> = {
  [Kind in keyof Table]: { readonly kind: Kind } & (Table[Kind] extends (facts: infer Facts) => unknown
    ? Facts
    : unknown);
}[keyof Table];

/** Returns the words for a message. */
export function formatFrom<Table extends Wording>(
  table: Table,
  message: MessageOf<Table>,
): EntryWords<Table[keyof Table]> {
  const entry = table[message.kind];
  return (typeof entry === 'function' ? entry(message) : entry) as EntryWords<Table[keyof Table]>;
}
