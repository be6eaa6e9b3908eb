import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Rendered, ToolSource } from './tools';

/** Returns the path of the program that is built beside the package's code. */
const program = () => path.join(path.dirname(require.resolve('jest-kubelet/package.json')), 'dist/render.mjs');

const OUTPUT_MAX_BYTES = 134_217_728;

/**
 * Has a tool render its manifest, and waits for it. In a process of its own: what runs tools is a module of the kind that
 * a default Jest does not load.
 */
export function renderSync(source: ToolSource): Rendered {
  const { error, status, stdout, stderr } = spawnSync(process.execPath, [program()], {
    input: JSON.stringify(source),
    encoding: 'utf8',
    maxBuffer: OUTPUT_MAX_BYTES,
    // Jest's sandbox has an environment of its own.
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  if (error || status !== 0) return { detail: `could not be rendered: ${error?.message ?? stderr.trim()}` };
  return JSON.parse(stdout) as Rendered;
}
