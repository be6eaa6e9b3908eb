import { htmlText } from '../../../escaping/html';

/** A piece of a document: an element, or text. Texts stay texts, whatever they hold, in every form that it is given. */
export type Node = Element | string;

export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly Node[];
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element; attributes that are undefined are left out. */
export function h(tag: string, attributes: Attributes, ...children: readonly (Node | readonly Node[])[]): Element {
  const given = Object.entries(attributes).filter(
    (entry): entry is [string, string | number] => entry[1] !== undefined,
  );
  return { tag, attributes: Object.fromEntries(given), children: children.flat() };
}

const VOID = ['meta', 'input', 'br'];

/** The piece as HTML. */
export function markup(node: Node): string {
  if (typeof node === 'string') return htmlText(node);
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${htmlText(String(value))}"`);
  const open = `<${node.tag}${attributes.join('')}>`;
  return VOID.includes(node.tag) ? open : `${open}${node.children.map(markup).join('')}</${node.tag}>`;
}
