/** Example facts of each kind. A missing kind does not compile. */
export type FactsOf<Fact extends { readonly kind: string }> = {
  readonly [Kind in Fact['kind']]: readonly Omit<Extract<Fact, { readonly kind: Kind }>, 'kind'>[];
};

/** Returns one line per fact: its kind and its sentence. */
export function linesOf<Fact extends { readonly kind: string }>(
  facts: FactsOf<Fact>,
  format: (fact: Fact) => string,
): string {
  return Object.entries<readonly object[]>(facts)
    .flatMap(([kind, all]) => all.map((fact) => `${kind}: ${format({ ...fact, kind } as unknown as Fact)}`))
    .join('\n');
}
