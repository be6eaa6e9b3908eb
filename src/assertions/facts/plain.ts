/** A fact that needs no more than its name. */
export type Plain<Kind extends string> = Kind extends string ? { readonly kind: Kind } : never;
