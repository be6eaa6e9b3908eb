import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The page's script and styles, which are built beside the package's code. */
export function assets(): { readonly script: string; readonly style: string } {
  return { script: read('picture.js'), style: read('picture.css') };
}

function read(name: string): string {
  return readFileSync(path.join(path.dirname(require.resolve('jest-kubelet/package.json')), 'dist', name), 'utf8');
}
