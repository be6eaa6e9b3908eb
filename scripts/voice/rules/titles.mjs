/** Rules for the titles of specs. */
export const TITLES = [
  {
    id: 'title-length',
    of: ['test', 'describe'],
    find: (text) => (text.length > 80 ? [`${text.length} characters`] : []),
    write: '80 characters at most',
    before: 'restarts a container whose liveness fails '.repeat(2).trim(),
    after: 'restarts a container whose liveness fails',
  },
  {
    id: 'title-start',
    pattern:
      /^([Ww]hat|[Ww]hoever|[Nn]obody|[Nn]othing|[Nn]o|[Nn]one|[Nn]or|[Oo]f|[Uu]nder|[Ww]here|[Aa]s|[Ss]o|[Bb]y)\b/,
    write: 'a verb, or the thing that acts: "restarts the container if …"',
    before: 'what a probe answers is recorded',
    after: 'records the result of a probe',
  },
  {
    id: 'title-condition',
    pattern: /^([Ii]f|[Ww]hen|[Uu]nless|[Ww]hile|[Oo]nce|[Ii]n|[Ww]ith|[Ww]ithout)\b/,
    write: 'the condition last',
    before: 'if liveness fails, restarts the container',
    after: 'restarts the container if liveness fails',
  },
  {
    id: 'title-should',
    pattern: /\bshould\b/,
    write: 'the present tense',
    before: 'should restart the container',
    after: 'restarts the container',
  },
  {
    id: 'title-copula',
    level: 'warning',
    pattern: /^(is|are|was|does|has|may|can|cannot)\b/,
    write: 'a verb that says what the code does',
    before: 'is restarted',
    after: 'restarts the container',
  },
].map((rule) => ({ of: ['test'], ...rule, kinds: ['titles'] }));
