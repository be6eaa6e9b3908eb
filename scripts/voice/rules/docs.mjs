/** Rules for the prose of pages. */
export const DOCS = [
  {
    id: 'what-first',
    // A heading of the FAQ is a question.
    pattern: /^What (?!if\b)[a-z]+(?!.*\?$)/,
    of: ['heading', 'paragraph', 'cell'],
    write: 'the noun: "the result", "the container that exits"; in a heading the task',
    before: 'What came out',
    after: 'The result',
  },
  {
    id: 'docs-sentence',
    level: 'warning',
    of: ['paragraph'],
    find: (text) =>
      text
        .split(/(?<=[.!?])\s+(?=[A-Z_'"(])/)
        .filter((sentence) => sentence.split(/\s+/).length > 25)
        .map((sentence) => sentence.split(/\s+/).slice(0, 6).join(' ')),
    write: 'sentences of 20 words at most',
    before: 'One two three four five six seven eight nine ten '.repeat(3),
    after: 'One two three.',
  },
  {
    id: 'human-traits',
    level: 'warning',
    pattern:
      /\b(it|pod|container|kubelet|gate|matcher|probe|engine|test|app|process|tool|report|lint) (asks|tells|knows|wants|believes|thinks|likes|sees to)\b/,
    write: 'returns, runs, reports, checks, needs',
    before: 'the gate asks each probe',
    after: 'the gate runs each probe',
  },
].map((rule) => ({ ...rule, kinds: ['docs'] }));
