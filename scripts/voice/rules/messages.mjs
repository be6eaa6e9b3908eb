/** Rules for the strings that users read. */
export const MESSAGES = [
  {
    id: 'right-label',
    pattern: /\bright: /,
    write: 'fix: ',
    before: 'right: use httpGet',
    after: 'fix: use httpGet',
  },
  {
    id: 'message-semicolon',
    pattern: /; /,
    write: 'two sentences',
    before: 'no duration; write one',
    after: 'no duration. Write one',
  },
  {
    id: 'message-tone',
    pattern:
      /\b[Pp]lease\b|[a-z]{2}!(?=\s|$)|\b(do|does|did|is|are|was|were|ca|wo|could|should|would|has|have)n['’]t\b/,
    write: 'a plain sentence, without please, exclamation marks or contractions',
    before: "please don't stop it",
    after: 'do not stop it',
  },
].map((rule) => ({ ...rule, kinds: ['messages'] }));

/** Durations as kubectl writes them. */
export const DURATIONS = {
  id: 'duration-space',
  kinds: ['messages', 'docs'],
  pattern: /(\d|(?<![\w`'"])_) (ms|s|m|min|h)(?![\w’'])/,
  write: "kubectl's form: 18.4s, 1m30s",
  before: 'Ready after 18.4 s',
  after: 'Ready after 18.4s',
};
