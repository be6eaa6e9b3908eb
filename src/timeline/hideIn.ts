import type { Event } from './event';

/** What in an event is text from outside: an app's output, an engine's complaint, a command of the test's. */
const TEXTS: readonly string[] = ['message', 'output', 'detail', 'failure', 'args'];

/** An event whose texts are shown as `hide` has them; the event itself where that changes nothing. */
export function hideIn(event: Event, hide: (text: string) => string): Event {
  return hidden(event, hide) as Event;
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
