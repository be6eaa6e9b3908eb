/**
 * `T` as someone wrote it: any field may be missing and any word may be wrong. Fields are of the right type, since the
 * document was decoded by its schema.
 */
export type Written<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends readonly (infer Item)[]
        ? readonly Written<Item>[]
        : T extends object
          ? { readonly [Key in keyof T]?: Written<T[Key]> | undefined }
          : T;
