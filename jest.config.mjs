import { availableParallelism } from 'node:os';

const specs = {
  globalSetup: '<rootDir>/scripts/jest-setup.mjs',
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

/** @type {import('jest').Config} */
export default {
  projects: [
    {
      ...specs,
      displayName: 'specs',
      testMatch: ['<rootDir>/specs/**/*.spec.ts'],
      testPathIgnorePatterns: ['<rootDir>/specs/docker/'],
    },
    {
      ...specs,
      displayName: 'docker',
      testMatch: ['<rootDir>/specs/docker/**/*.spec.ts', '<rootDir>/examples/**/*.spec.ts'],
    },
  ],
  filter: '<rootDir>/scripts/jest-filter.cjs',
  testSequencer: '<rootDir>/scripts/jest-sequencer.cjs',
  // Of a project's own time-out Jest takes no notice. A pod's life takes as long as it takes.
  testTimeout: 180_000,
  // Most of a Docker spec's time is a pod's own: more of them at once than there are cores, though not so many that pods wait.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
};
