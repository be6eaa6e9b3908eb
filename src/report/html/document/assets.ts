import { readFileSync } from 'node:fs';

/** The page's script and styles, which are built beside the package's code. */
export function assets(): { readonly script: string; readonly style: string } {
  return { script: read('jest-kubelet/picture.js'), style: read('jest-kubelet/picture.css') };
}

function read(name: string): string {
  return readFileSync(require.resolve(name), 'utf8');
}
