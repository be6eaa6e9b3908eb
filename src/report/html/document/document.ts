import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { scriptData } from '../../../escaping/html';
import type { Chart } from '../../chart/chart';
import { type Element, h, markup } from '../draw/node';

export interface PageParts {
  readonly title: string;
  readonly body: readonly Element[];
  readonly pictures: readonly Chart[];
}

/** The whole page. Its own policy keeps it from asking anybody for anything, and from running any script but its own. */
export function page({ title, body, pictures }: PageParts): string {
  const { script, style } = assets();
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${markup(h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }))}
<meta name="viewport" content="width=device-width, initial-scale=1">
${markup(h('title', {}, title))}
<style>${style}</style>
</head>
<body>
${markup(header(title))}
<main>
${body.map(markup).join('\n')}
</main>
<script type="application/json" id="pictures">${scriptData(pictures)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function header(title: string): Element {
  return h(
    'header',
    {},
    h('h1', {}, title),
    h('button', { type: 'button', id: 'theme', 'aria-label': 'switch between light and dark' }, '◐'),
  );
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The page's script and styles, which are built beside the package's code. */
function assets(): { readonly script: string; readonly style: string } {
  return { script: read('picture.js'), style: read('picture.css') };
}

function read(name: string): string {
  return readFileSync(path.join(path.dirname(require.resolve('jest-kubelet/package.json')), 'dist', name), 'utf8');
}
