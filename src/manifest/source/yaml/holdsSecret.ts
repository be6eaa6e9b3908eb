import { type Document, visit } from 'yaml';

/** A kind, however it is written, and the field that only a Secret has. */
const WORD = /^(secrets?|stringData)$/i;
/** Text that is not YAML may contain a Secret as well. An escape may be any letter of the word. */
const IN_TEXT = /\bSecrets?\b|\bkind\W+secrets?\b|\bstringData\b|\\[xuU]/;

/** True if a document is, or holds, a Secret, even one that is misspelled or broken. */
export function holdsSecret(document: Document.Parsed, text: string): boolean {
  if (document.errors.length > 0 && IN_TEXT.test(text)) return true;
  let found = false;
  visit(document, {
    Scalar(key, scalar) {
      if (!isWord(scalar.value)) return undefined;
      // The name of a volume's source is not a kind: `secret: { secretName: db }`.
      if (key === 'key' && scalar.value === 'secret') return undefined;
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' && WORD.test(value);
}
