import type { Node as Piece } from '../draw/node';

const SVG = 'http://www.w3.org/2000/svg';

/** The piece as part of the page. No text is ever parsed. */
export function dom(piece: Piece): Node {
  if (typeof piece === 'string') return document.createTextNode(piece);
  const element = document.createElementNS(SVG, piece.tag);
  for (const [name, value] of Object.entries(piece.attributes)) element.setAttribute(name, String(value));
  element.append(...piece.children.map(dom));
  return element;
}

/** The first element that the selector finds. */
export function find(root: ParentNode, selector: string): HTMLElement | undefined {
  return root.querySelector<HTMLElement>(selector) ?? undefined;
}

export function findAll(root: ParentNode, selector: string): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(selector)];
}
