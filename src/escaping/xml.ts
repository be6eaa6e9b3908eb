import { withoutCommands } from './commands';
import { seen } from './unseen';

/** XML has a few characters less than text. Source: XML 1.0, 2.2 Characters. */
const NOT_XML = /[\ufffe\uffff]/g;

/** Returns a text for an attribute or a section of XML, which the writer of the XML then quotes. */
export function xmlText(text: string): string {
  return withoutCommands(seen(text).replace(NOT_XML, '\ufffd').replaceAll(']]>', ']]&gt;'));
}
