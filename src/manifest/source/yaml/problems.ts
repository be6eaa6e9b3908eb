import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  type Node,
  type Scalar,
  visit,
  type YAMLError,
  type YAMLMap,
} from 'yaml';
import type { Problem } from '../../error';
import type { Place } from './locate';

const SYNTAX: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'YAML cannot be indented with tabs. Use spaces',
  NON_STRING_KEY: 'not valid YAML: a mapping or a list cannot be a key',
  RESOURCE_EXHAUSTION: 'the YAML is nested too deeply',
};

const TEMPLATE_ADVICE = 'this is a template. Pass the output of `helm template`';
// These problems can occur on every line, and some examples are enough.
const COUNTED_MAX = 100;

interface PieceText {
  readonly text: string;
  readonly isSecret: boolean;
}

/** Returns the YAML problems of a document. Only the first syntax error counts, because it causes the others. */
export function problemsOf(document: Document.Parsed, place: Place, piece: PieceText): Problem[] {
  const [broken] = document.errors;
  return broken ? [syntaxProblem(broken, place, piece)] : structureProblems(document, place);
}

function syntaxProblem({ code, message, pos: [from] }: YAMLError, place: Place, piece: PieceText): Problem {
  const { text, isSecret } = piece;
  // The message of the library quotes the text, which can be a Secret.
  const why = isSecret ? '' : `: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
  const detail = SYNTAX[code] ?? `not valid YAML${why}`;
  const position = place(from);
  const template = position.text.includes('{{') || /^\s*\{\{/m.test(text);
  return { detail, position, ...(template && { advice: TEMPLATE_ADVICE }) };
}

function structureProblems(document: Document.Parsed, place: Place): Problem[] {
  const problems: Problem[] = [];
  const found = (node: Node, detail: string) => {
    const [from, to] = node.range ?? [0, 1];
    problems.push({ detail, position: place(from, to) });
    return problems.length < COUNTED_MAX ? undefined : visit.BREAK;
  };
  // Collects anchors on the way, because a lookup would walk through the document for each alias.
  const anchors = new Map<string, Node>();
  visit(document, {
    Node(_key, node, ancestors) {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (!target) return found(node, `no anchor &${node.source} comes before this alias`);
        if (!ancestors.includes(target)) return undefined;
        return found(node, `the alias *${node.source} is inside its own anchor`);
      }
      if (node.anchor) anchors.set(node.anchor, node);
      const again = isMap(node) ? repeatedKey(node) : undefined;
      return again ? found(again, `key ${JSON.stringify(again.value)} is set twice in the same mapping`) : undefined;
    },
  });
  return problems;
}

function repeatedKey(map: YAMLMap): Scalar | undefined {
  const seen = new Set<unknown>();
  for (const { key } of map.items) {
    if (!isScalar(key) || key.source === '<<') continue;
    if (seen.has(key.value)) return key;
    seen.add(key.value);
  }
  return undefined;
}
