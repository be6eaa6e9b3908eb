/**
 * Fields of an event, a record or a finding with text from outside: an app's output, an engine's error, a command of
 * the test.
 */
const TEXTS: readonly string[] = [
  'message',
  'output',
  'detail',
  'failure',
  'args',
  'text',
  'broken',
  'value',
  'advice',
  'why',
  'fix',
];

/**
 * Returns an event, or a record of some, with its texts after `hide`; the same object if that changes nothing. Names
 * and kinds stay, even if a Secret contains the same text.
 */
export function hideIn<Record extends object>(record: Record, hide: (text: string) => string): Record {
  return hidden(record, hide) as Record;
}

function hidden(value: unknown, hide: (text: string) => string, key?: string): unknown {
  if (typeof value === 'string') return key !== undefined && TEXTS.includes(key) ? hide(value) : value;
  if (Array.isArray(value)) {
    const items = value.map((item) => hidden(item, hide, key));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const shown = entries.map(([name, one]) => [name, hidden(one, hide, name)] as const);
  return shown.some(([, one], index) => one !== entries[index]?.[1]) ? Object.fromEntries(shown) : value;
}
