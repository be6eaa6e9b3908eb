/**
 * `T` as someone wrote it: any field may be missing and any word may be wrong. Fields are of the right type, since the
 * document was decoded by its schema.
 */
export type Unchecked<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends readonly (infer Item)[]
        ? readonly Unchecked<Item>[]
        : T extends object
          ? { readonly [Key in keyof T]?: Unchecked<T[Key]> | undefined }
          : T;
