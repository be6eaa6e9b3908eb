const HEADINGS = [
  ['Function', 'Functions'],
  ['Class', 'Classes'],
  ['Variable', 'Values'],
  ['Interface', 'Interfaces'],
  ['TypeAlias', 'Types'],
];

const HEAD = `# API reference

This page lists everything that \`jest-kubelet\` exports, and the matchers that it adds to \`expect\`. For examples and failure
messages of the matchers, see [Matchers](matchers.md). \`npm run api\` writes this page from the docstrings, and a check fails if it
is outdated.
`;

/** Returns the reference as one page of Markdown, with a heading for each export and the types that only it uses. */
export function pageOf(all) {
  const items = all.flatMap((item) => [item, ...(item.kind === 'Namespace' ? item.members : [])]);
  const parts = partsOf(items);
  const known = new Map(
    [...parts].flatMap(([item, others]) => [item, ...others].map((each) => [nameOf(each), nameOf(item).toLowerCase()])),
  );
  const lists = new Map(items.filter(({ kind }) => kind === 'Variable').map((item) => [item.name, listOf(item)]));
  const sections = HEADINGS.map(([kind, heading]) => {
    const found = [...parts.keys()].filter((item) => headingOf(item) === kind).sort(byName);
    const texts = found.map((item) => [
      `### \`${nameOf(item)}\``,
      sectionOf(item, known, lists),
      ...parts.get(item).map((part) => `**\`${nameOf(part)}\`**\n\n${sectionOf(part, known, lists)}`),
    ]);
    return `## ${heading}\n\n${texts.map((text) => text.filter((part) => part !== '').join('\n\n')).join('\n\n')}\n`;
  });
  return [HEAD, ...sections].join('\n');
}

const headingOf = ({ kind }) => (kind === 'Namespace' ? 'Variable' : kind);
const byName = (a, b) => compare(nameOf(a), nameOf(b));

// Kubernetes' own, whose reference has them.
const ELSEWHERE = new Set(['Pod', 'PodSpec']);

/**
 * Returns each export with its parts: the members of a namespace, and what is said something about of what the export asks
 * for or gives. What several exports refer to belongs to the first.
 */
function partsOf(items) {
  const byReference = new Map(items.map((item) => [item.canonicalReference, item]));
  const isExported = ({ canonicalReference }) =>
    !canonicalReference.includes('!~') && !/!kubectl\./.test(canonicalReference);
  const exports = items.filter(isExported).sort(byName);
  const named = new Set(exports);
  const visit = (item, parts) => {
    if (ELSEWHERE.has(item.name)) return;
    const others = [
      ...(item.kind === 'Namespace' ? item.members : []),
      ...referencesIn(item).map((reference) => byReference.get(reference)),
    ];
    for (const other of others) {
      if (!other || named.has(other) || ELSEWHERE.has(other.name)) continue;
      const isPart = item.kind === 'Namespace' || !['Class', 'Variable'].includes(other.kind);
      if (!isPart || other.docComment.trim() === '') continue;
      named.add(other);
      parts.push(other);
      visit(other, parts);
    }
  };
  return new Map(
    exports.map((item) => {
      const parts = [];
      visit(item, parts);
      return [item, parts.sort(byName)];
    }),
  );
}

function referencesIn(item) {
  if (item.kind === 'Namespace') return [];
  const tokens = item.kind === 'Class' ? [] : item.excerptTokens;
  return [...tokens, ...membersOf(item).flatMap(({ excerptTokens }) => excerptTokens)].map(
    ({ canonicalReference }) => canonicalReference,
  );
}

/** Returns the members of a class that have a docstring. The others are not for users. */
function membersOf({ kind, name, members = [] }) {
  if (ELSEWHERE.has(name)) return [];
  if (kind !== 'Class') return members;
  // API Extractor writes this text if a member has no docstring.
  const isNew = (text) => text.includes('Constructs a new instance');
  return members.filter(({ docComment, isStatic }) => docComment.trim() !== '' && !isStatic && !isNew(docComment));
}

/** Returns a name without the suffix that API Extractor adds if a global has the same name. */
const nameOf = ({ name }) => name.replace(/_\d+$/, '');

const compare = (a, b) => a.toLowerCase().localeCompare(b.toLowerCase(), 'en');

function sectionOf(item, known, lists) {
  const parts = [describe(item, known)];
  if (item.kind === 'Namespace') {
    parts.push(
      item.members
        .map((member) => `- \`${item.name}.${nameOf(member)}\`: ${describe(member, known).split('\n\n')[0]}`)
        .join('\n'),
    );
  } else if (item.kind === 'Interface' || item.kind === 'Class') {
    parts.push(heritageOf(item, known), ...membersOf(item).map((member) => memberOf(member, known)));
  } else {
    parts.push(`\`\`\`ts\n${withLists(declarationOf(item), lists)}\n\`\`\``);
  }
  return parts
    .filter((part) => part !== '')
    .join('\n\n')
    .replaceAll(/(^- .*)\n\n(?=- )/gm, '$1\n');
}

const GLOBAL = ['Error', 'AsyncDisposable'];

function heritageOf({ excerptTokens }, known) {
  const [, heritage = ''] = /.* (?:extends|implements) (.+)/s.exec(textOf(excerptTokens)) ?? [];
  const names = heritage
    .trim()
    .split(', ')
    .filter((name) => known.has(name) || GLOBAL.includes(name));
  return names.length > 0 ? `Is also: ${names.map((name) => linkTo(name, known)).join(', ')}.` : '';
}

const linkTo = (name, known) => (known.has(name) ? `[\`${name}\`](#${known.get(name)})` : `\`${name}\``);

function memberOf(member, known) {
  const text = describe(member, known).replaceAll('\n\n', ' ');
  return `- \`${declarationOf(member)}\`${text === '' ? '' : `: ${text}`}`;
}

function declarationOf({ excerptTokens, kind }) {
  const text = textOf(excerptTokens).replace(/^export declare |^export /, '');
  return kind === 'Interface' || kind === 'Class' || isMember(kind) ? oneLine(text) : text.trim();
}

/** Returns the texts of a constant that lists them. */
function listOf({ excerptTokens }) {
  const [, list = ''] = /: readonly \[(.*)\]/s.exec(textOf(excerptTokens)) ?? [];
  return list.split(', ').map((text) => text.trim());
}

/** Replaces the reference to an element of such a list by its texts. */
function withLists(declaration, lists) {
  return declaration.replace(/ \(typeof (\w+)\)\[number\](?!\[)/, (whole, name) => {
    const texts = lists.get(name) ?? [];
    return texts.every((text) => /^'[^']+'$/.test(text)) ? texts.map((text) => `\n  | ${text}`).join('') : whole;
  });
}

const isMember = (kind) => !HEADINGS.some(([each]) => each === kind);
const oneLine = (text) => text.replaceAll(/\s+/g, ' ').replace(/;$/, '').trim();
const textOf = (tokens) => tokens.map(({ text }) => text.replace(/_\d+\b/, '')).join('');

/** Returns a docstring as Markdown. */
function describe({ docComment = '' }, known) {
  const text = docComment
    .replace(/^\s*\/\*\*/, '')
    .replace(/\*\/\s*$/, '')
    .replaceAll(/^\s*\* ?/gm, '')
    .trim();
  return text
    .replaceAll(/@throws\s+/g, 'Throws ')
    .replaceAll(/\{@link (\w+)\}/g, (_, name) =>
      known.has(name) ? `[\`${name}\`](#${known.get(name)})` : `\`${name}\``,
    )
    .replaceAll(/\\([{}@<>])/g, '$1')
    .replaceAll(/(?<!\n)\n(?!\n)/g, ' ');
}
