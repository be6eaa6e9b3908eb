/** Rules for comments and docstrings. */
export const COMMENTS = [
  {
    id: 'comment-start',
    pattern: /^(What|Whom|Whose|Who|Whoever|Of|Where|As)\b/,
    write: 'a verb for a function, a noun for a type, the subject for a reason',
    before: 'What came of a hook.',
    after: 'Result of a hook.',
  },
  {
    id: 'comment-opening',
    level: 'warning',
    pattern: /^(One|Ones|Those|That|How|From|By|Nobody|Nothing|Without|With)\b/,
    write: 'the subject first, then the verb',
    before: 'Without a probe it is Ready.',
    after: 'It is Ready if it has no probe.',
  },
  {
    id: 'comment-length',
    find: (text) => sentencesOf(text).slice(2, 3),
    write: 'two sentences at most',
    before: 'Reads it. It may fail. Then nothing is left.',
    after: 'Reads it. It may fail.',
  },
  {
    id: 'docstring-function',
    of: ['function'],
    find: (text) => startOf(text, (word) => !/^([A-Z][a-z-]*s|True|False)$/.test(word) || NO_VERBS.has(word)),
    write: 'a verb first: Returns, Waits, Checks; or "True if"',
    before: 'The pod of a manifest.',
    after: 'Returns the pod of a manifest.',
  },
  {
    id: 'docstring-type',
    of: ['type'],
    find: (text) => startOf(text, (word) => PREDICATES.has(word)),
    write: 'a noun first: "Result of", "Options of"',
    before: 'Is thrown if a pod fails.',
    after: 'Error of a pod that fails.',
  },
  {
    id: 'docstring-flag',
    of: ['flag'],
    pattern: /^(?!True\b|False\b)\S+/,
    write: 'True if …',
    before: 'The pod was Ready before.',
    after: 'True if the pod was Ready before.',
  },
].map((rule) => ({ ...rule, kinds: ['comments'] }));

const NO_VERBS = new Set([
  'This',
  'Its',
  'Always',
  'Ones',
  'As',
  'Whose',
  'Thus',
  'Perhaps',
  'Others',
  'Besides',
  'Us',
]);
const PREDICATES = new Set(
  'Is Are Has Have Does Do Was Were Can Cannot May Must Says Tells Gives Makes Returns Knows Keeps Holds'.split(' '),
);

function sentencesOf(text) {
  return text.split(/(?<=(?<!\b(e\.g|i\.e|etc|vs|cf|\d))[.!?])\s+(?=[A-Z_'"(])/).filter(Boolean);
}

function startOf(text, isWrong) {
  const [word = ''] = text.match(/^[\w'’-]+/) ?? [];
  return word !== '' && isWrong(word) ? [text.split(' ').slice(0, 4).join(' ')] : [];
}
