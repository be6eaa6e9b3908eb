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
  TAB_AS_INDENT: 'a tab cannot indent in YAML; use spaces',
  NON_STRING_KEY: 'not valid YAML: a mapping or a list cannot be a key',
  RESOURCE_EXHAUSTION: 'the YAML is nested too deeply',
};

// Enough to see what is going on, of something that can come once a line.
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
  // The library quotes what it does not understand.
  const why = isSecret ? '' : `: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
  const detail = SYNTAX[code] ?? `not valid YAML${why}`;
  const position = place(from);
  const template = position.text.includes('{{') || /^\s*\{\{/m.test(text);
  return { detail, position, ...(template ? { advice: 'this is a template: give what `helm template` prints' } : {}) };
}

function structureProblems(document: Document.Parsed, place: Place): Problem[] {
  const problems: Problem[] = [];
  const found = (node: Node, detail: string) => {
    const [from, to] = node.range ?? [0, 1];
    problems.push({ detail, position: place(from, to) });
    return problems.length < COUNTED_MAX ? undefined : visit.BREAK;
  };
  // Anchors as they come: looking each of them up would take a walk through the document for each alias.
  const anchors = new Map<string, Node>();
  visit(document, {
    Node(_key, node, ancestors) {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (!target) return found(node, `no anchor &${node.source} comes before this alias`);
        if (!ancestors.includes(target)) return undefined;
        return found(node, `the alias *${node.source} stands inside what it stands for`);
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
