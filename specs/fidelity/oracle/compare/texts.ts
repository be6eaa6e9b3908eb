/** What differs from run to run in a text, replaced by what it is. */
const RANDOM: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'UID'],
  [/\b[0-9a-f]{64}\b/g, 'ID'],
  [/\b\d+\.\d+\.\d+\.\d+:\d{5}->/g, 'IP:PORT->'],
  [/\b(?!127\.0\.0\.1\b)\d+\.\d+\.\d+\.\d+\b/g, 'IP'],
  // The server closes a connection at once: which of the three texts comes is a race on the node.
  [/read tcp IP:PORT->IP:\d+: read: connection reset by peer|http: server closed idle connection/, 'EOF'],
  // Which of many similar events are stored by their own text follows from how many there were.
  [/^\(combined from similar events\): /, ''],
];

/** A text without uids, ids, addresses and other chance. */
export function plainText(text: string): string {
  return RANDOM.reduce((plain, [pattern, name]) => plain.replace(pattern, name), text);
}
