import { htmlText } from '../../../escaping/html';

/** An element or a text of a document. A text never becomes markup, regardless of its content. */
export type Node = Element | string;

export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly Node[];
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Creates an element. Attributes that are undefined are omitted. */
export function h(tag: string, attributes: Attributes, ...children: readonly (Node | readonly Node[])[]): Element {
  const given = Object.entries(attributes).filter(
    (entry): entry is [string, string | number] => entry[1] !== undefined,
  );
  return { tag, attributes: Object.fromEntries(given), children: children.flat() };
}

const VOID = ['meta', 'input', 'br'];

/** Returns a node as HTML. */
export function markup(node: Node): string {
  if (typeof node === 'string') return htmlText(node);
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${htmlText(String(value))}"`);
  const open = `<${node.tag}${attributes.join('')}>`;
  return VOID.includes(node.tag) ? open : `${open}${node.children.map(markup).join('')}</${node.tag}>`;
}
