/** Facts of each kind, without it: a kind that has none does not compile. */
export type FactsOf<Fact extends { readonly kind: string }> = {
  readonly [Kind in Fact['kind']]: readonly Omit<Extract<Fact, { readonly kind: Kind }>, 'kind'>[];
};

/** Returns a line for each fact: its kind, and its words. */
export function linesOf<Fact extends { readonly kind: string }>(
  facts: FactsOf<Fact>,
  format: (fact: Fact) => string,
): string {
  return Object.entries<readonly object[]>(facts)
    .flatMap(([kind, all]) => all.map((fact) => `${kind}: ${format({ ...fact, kind } as unknown as Fact)}`))
    .join('\n');
}
