type WordsOf<Fact extends { readonly kind: string }, Kind extends Fact['kind']> =
  | string
  | ((fact: Extract<Fact, { readonly kind: Kind }>) => string);

/** The words for each kind of fact: a text, or a function that writes it. A kind without words does not compile. */
export type Words<Fact extends { readonly kind: string }> = {
  readonly [Kind in Fact['kind']]: WordsOf<Fact, Kind>;
};

/** Returns the words for one fact. */
export function putIntoWords<Fact extends { readonly kind: string }>(words: Words<Fact>, fact: Fact): string {
  const own = words[fact.kind as Fact['kind']] as string | ((fact: Fact) => string);
  return typeof own === 'string' ? own : own(fact);
}
