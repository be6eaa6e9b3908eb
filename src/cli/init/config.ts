import type { Project } from './project';
import type { NewFile } from './specText';

/** Returns the configuration file for a project, or undefined if it has its own. */
export function formatConfig({ framework, isModule, config, transform }: Project): NewFile | undefined {
  if (config !== undefined) return undefined;
  if (framework === 'vitest') {
    const text = ['export default {', "  test: { setupFiles: ['jest-kubelet/vitest'] },", '};', ''].join('\n');
    return { name: 'vitest.config.mjs', text };
  }
  const lines = [
    "/** @type {import('jest').Config} */",
    'module.exports = {',
    "  preset: 'jest-kubelet',",
    ...(transform === undefined ? [] : formatTransform(transform, isModule)),
    '};',
    '',
  ];
  return { name: isModule ? 'jest.config.cjs' : 'jest.config.js', text: lines.join('\n') };
}

/** Returns the line to add to an existing configuration. */
export function formatConfigLine({ framework }: Project): string {
  return framework === 'vitest'
    ? "test: { setupFiles: ['jest-kubelet/vitest'] }"
    : "setupFilesAfterEnv: ['jest-kubelet/register']";
}

/** Returns the transform. In a project of ES modules, ts-jest would keep them, and Jest runs those only with a flag. */
function formatTransform(transform: string, isModule: boolean): readonly string[] {
  if (transform !== 'ts-jest' || !isModule) return [`  transform: { '\\\\.ts$': '${transform}' },`];
  const tsconfig = "{ module: 'commonjs', isolatedModules: true, esModuleInterop: true }";
  return [
    '  // Specs are compiled to CommonJS, which Jest runs without a flag.',
    `  transform: { '\\\\.ts$': ['ts-jest', { tsconfig: ${tsconfig} }] },`,
  ];
}
