/** Limits of masking. docs/secrets.md lists them, and a spec compares the two. */

/** Characters of a value, or of a form of it. A shorter one stands in too many words that have nothing to do with it. */
export const VALUE_MIN = 4;
/** Characters of one line of a value with several lines. */
export const LINE_MIN = 8;
/** Bytes of a value whose every form is masked. The rest of a longer value is masked line by line. */
export const VALUE_BYTES_MAX = 65_536;
/** Characters of a text that may be a part of a longer one, as everything is that has a limit. */
export const CUT_TEXT_MIN = 1_000;
