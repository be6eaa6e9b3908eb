import type { Node as Template } from '../draw/node';

const SVG = 'http://www.w3.org/2000/svg';

/** Creates the DOM node of a node. Texts are never parsed as markup. */
export function createNode(template: Template): Node {
  if (typeof template === 'string') return document.createTextNode(template);
  const element = document.createElementNS(SVG, template.tag);
  for (const [name, value] of Object.entries(template.attributes)) element.setAttribute(name, String(value));
  element.append(...template.children.map(createNode));
  return element;
}

/** Finds the first element of a selector. */
export function find(root: ParentNode, selector: string): HTMLElement | undefined {
  return root.querySelector<HTMLElement>(selector) ?? undefined;
}

export function findAll(root: ParentNode, selector: string): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(selector)];
}
