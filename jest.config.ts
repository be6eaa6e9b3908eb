import type { Config } from 'jest';

// Node only strips the types, and the package is CommonJS: this file can neither import a value nor export by keyword.
const { availableParallelism } = process.getBuiltinModule('node:os');

const specs = {
  globalSetup: '<rootDir>/scripts/jest/setup.mjs',
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  // The specs and examples import the package by its name and get its sources; only the agent is the built one.
  moduleNameMapper: {
    '^jest-kubelet$': '<rootDir>/src/index.ts',
    '^jest-kubelet/(register|jest-globals)$': '<rootDir>/matchers/$1.ts',
  },
  cacheDirectory: '<rootDir>/node_modules/.cache/jest', // not left behind in /tmp
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.node'],
};

/** Specs that take long: `npm run test:more` runs them, `npm test` does not. Their pods wait for real minutes. */
const MORE = ['\\.more\\.spec\\.ts$', '/examples/liveness-(http|exec)/.*\\.spec\\.ts$'];

const config: Config = {
  projects: [
    {
      ...specs,
      displayName: 'specs',
      testMatch: ['<rootDir>/specs/**/*.spec.ts'],
      testPathIgnorePatterns: ['<rootDir>/specs/engine/', ...MORE],
    },
    {
      ...specs,
      displayName: 'docker',
      testMatch: ['<rootDir>/specs/engine/**/*.spec.ts', '<rootDir>/examples/**/*.spec.ts'],
      testPathIgnorePatterns: MORE,
      setupFilesAfterEnv: ['<rootDir>/specs/testTimeout.ts'],
    },
    {
      ...specs,
      displayName: 'more',
      testRegex: MORE,
      setupFilesAfterEnv: ['<rootDir>/specs/testTimeout.ts'],
    },
  ],
  filter: '<rootDir>/scripts/jest/filter.cjs',
  testSequencer: '<rootDir>/scripts/jest/sequencer.cjs',
  // Jest ignores a project's own timeout. Specs on the engine scale theirs to the machine.
  testTimeout: 180_000,
  // Docker specs mostly wait for their pods, so more of them run at once than there are cores.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
};

module.exports = config;
