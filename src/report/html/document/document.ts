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

/** Returns the HTML page. Its content security policy allows no network requests and only its own script. */
export function createPage({ title, body, pictures }: PageParts): string {
  const { script, style } = readAssets();
  // voice-ignore: message-semicolon: syntax of a Content-Security-Policy header
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
${markup(createHeader(title))}
<main>
${body.map(markup).join('\n')}
</main>
<script type="application/json" id="pictures">${scriptData(pictures)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function createHeader(title: string): Element {
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

/** Reads the script and the styles of the page, which the build puts into `dist`. */
function readAssets(): { readonly script: string; readonly style: string } {
  return { script: read('picture.js'), style: read('picture.css') };
}

function read(name: string): string {
  return readFileSync(path.join(path.dirname(require.resolve('jest-kubelet/package.json')), 'dist', name), 'utf8');
}
