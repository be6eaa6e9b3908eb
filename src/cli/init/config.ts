import type { Project } from './project';
import type { NewFile } from './specText';

/** The configuration that a project lacks; undefined where it has one, which is its own. */
export function configFor({ framework, isModule, config, transform }: Project): NewFile | undefined {
  if (config !== undefined) return undefined;
  if (framework === 'vitest') {
    const text = ['export default {', "  test: { setupFiles: ['jest-kubelet/vitest'] },", '};', ''].join('\n');
    return { name: 'vitest.config.mjs', text };
  }
  const lines = [
    "/** @type {import('jest').Config} */",
    'module.exports = {',
    "  preset: 'jest-kubelet',",
    ...(transform === undefined ? [] : transformLines(transform, isModule)),
    '};',
    '',
  ];
  return { name: isModule ? 'jest.config.cjs' : 'jest.config.js', text: lines.join('\n') };
}

/** The line for a configuration that is there already. */
export function lineFor({ framework }: Project): string {
  return framework === 'vitest'
    ? "test: { setupFiles: ['jest-kubelet/vitest'] }"
    : "setupFilesAfterEnv: ['jest-kubelet/register']";
}

/** In a project of ES modules ts-jest keeps them, and Jest runs those only with a flag. */
function transformLines(transform: string, isModule: boolean): readonly string[] {
  if (transform !== 'ts-jest' || !isModule) return [`  transform: { '\\\\.ts$': '${transform}' },`];
  const tsconfig = "{ module: 'commonjs', isolatedModules: true, esModuleInterop: true }";
  return [
    '  // Specs are compiled to CommonJS, which Jest runs without a flag.',
    `  transform: { '\\\\.ts$': ['ts-jest', { tsconfig: ${tsconfig} }] },`,
  ];
}
