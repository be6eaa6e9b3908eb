import { type Document, isNode, LineCounter, parseAllDocuments, type Tags } from 'yaml';
import { ManifestError } from '../../error';
import type { FieldPath } from '../../values/fieldPath';
import type { Position } from '../../values/position';
import { type EditedText, editText, type FieldEdit } from './edit';
import { holdsSecret } from './holdsSecret';
import { isNull, locate, placesIn } from './locate';
import { cutIntoPieces, type TextPiece } from './pieces';
import { problemsOf } from './problems';

/** Document of a manifest. */
export interface SourceDocument {
  readonly value: unknown;
  /**
   * Returns the place of a field's value or name, or undefined without text. For a field that does not exist, it is the
   * nearest field that would contain it.
   */
  locate(path: FieldPath, part?: 'value' | 'name'): Position | undefined;
  /** The text with fields set; undefined if they have no place in it. Absent if there is no text of this document alone. */
  edit?(edits: readonly FieldEdit[]): EditedText | undefined;
}

/**
 * Reads the YAML of a file, one document after the other; empty documents are left out. Throws a {@link ManifestError}
 * with the position of what is not YAML.
 */
export function parseYaml(text: string, file: string): SourceDocument[] {
  return cutIntoPieces(text, file).flatMap((piece) => parsePiece(piece, file));
}

function parsePiece(piece: TextPiece, file: string): SourceDocument[] {
  const lines = new LineCounter();
  return parse(piece.text, lines)
    .filter(({ contents, errors }) => errors.length > 0 || !isNull(contents))
    .map((document) => {
      const isSecret = holdsSecret(document, piece.text);
      const place = placesIn(piece, lines, file, isSecret);
      const problems = problemsOf(document, place, { text: piece.text, isSecret });
      if (problems.length > 0) throw new ManifestError(problems, file);
      return {
        value: toValue(document, file),
        locate: (path, part = 'value') => locate(document, path, part, place),
        // A piece with a Secret is never shown.
        ...(!isSecret && { edit: (edits) => editPiece(piece, file, edits) }),
      };
    });
}

function editPiece(
  { text, linesBefore }: TextPiece,
  file: string,
  edits: readonly FieldEdit[],
): EditedText | undefined {
  const after = editText(text, edits);
  return after === undefined ? undefined : { file, linesBefore, before: text, after };
}

/** Kubernetes reads YAML 1.1, where `yes` and `on` are booleans, but without its dates and its base 60. */
function parse(text: string, lineCounter: LineCounter): Document.Parsed[] {
  const documents = parseAllDocuments(text, {
    lineCounter,
    version: '1.1',
    customTags: (tags: Tags) =>
      tags.filter((tag) => typeof tag === 'string' || !isUnknownToKubernetes(tag)).map(requireDigit),
    stringKeys: true,
    // Looked for in `problemsOf`: the library's own search takes a time that grows with the square of a mapping.
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  return [...documents].filter((document) => isNode(document.contents) || document.errors.length > 0);
}

function isUnknownToKubernetes(tag: Exclude<Tags[number], string>): boolean {
  return tag.tag.endsWith(':timestamp') || ('format' in tag && tag.format === 'TIME');
}

/**
 * Returns a tag that needs a digit: the library reads `.` and `e5` as numbers, but Kubernetes reads them as strings.
 *
 * Source: go-yaml resolve.go `yamlStyleFloat`.
 */
function requireDigit(tag: Tags[number]): Tags[number] {
  if (typeof tag === 'string' || !('test' in tag) || !tag.test) return tag;
  const isLoose = tag.test.test('.') || tag.test.test('e5');
  return isLoose ? { ...tag, test: new RegExp(`(?=[-+]?\\.?[0-9])${tag.test.source}`) } : tag;
}

function toValue(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    const detail = 'its aliases (*name) expand to too many values';
    throw new ManifestError([{ detail }], file, { cause });
  }
}
