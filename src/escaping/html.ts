import { seen } from './unseen';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Returns a text for HTML, as text and between quotes alike. */
export function htmlText(text: string): string {
  return seen(text).replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Returns a value as JSON in which nothing ends the element that it stands in. Its texts show what is in them. */
export function scriptData(value: unknown): string {
  const shown = JSON.stringify(value, (_, one: unknown) => (typeof one === 'string' ? seen(one) : one));
  return shown.replaceAll('<', '\\u003c');
}
