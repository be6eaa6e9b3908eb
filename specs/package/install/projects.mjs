// Projects of users: the packages that each installs beside this one, the test framework first, its files, and its
// command. All of them run a real pod.

const MANIFEST = `apiVersion: v1
kind: Pod
metadata:
  name: install
spec:
  containers:
    - name: web
      image: busybox:1.36
      command: [sh, -c, 'trap "exit 0" TERM; touch /tmp/up; while true; do sleep 0.1; done']
      readinessProbe:
        exec: {command: [test, -e, /tmp/up]}
        periodSeconds: 1
`;

const BODY = `
test('is Ready, and ends by itself', async () => {
  const pod = await runPod('pod.yaml');
  await expect(pod).toBecomeReady();
  expect(pod).toHavePhase('Running');
  await pod.delete();
  expect(pod).toHaveEvent('Killing');
});
`;

const COMMONJS = `const { runPod } = require('jest-kubelet');\n${BODY}`;
const MODULE = `import { runPod } from 'jest-kubelet';\n${BODY}`;
const IMPORTED = `import { expect, test } from '@jest/globals';\nimport 'jest-kubelet/jest-globals';\n${MODULE}`;
const VITEST = `import { expect, test } from 'vitest';\n${MODULE}`;
// The types of the matchers come only with this entry point.
const TYPED_GLOBALS = `import type {} from 'jest-kubelet/register';\n${MODULE}`;

const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;
const config = (settings) => `module.exports = ${json(settings)}`;
const tsconfig = (compilerOptions) =>
  json({
    compilerOptions: { strict: true, target: 'es2023', types: ['node', 'jest'], ...compilerOptions },
    include: ['*.ts'],
  });

const REGISTER = { setupFilesAfterEnv: ['jest-kubelet/register'] };
const SWC = { transform: { '\\.ts$': '@swc/jest' } };
const JEST = { command: ['jest'] };

/** Returns a project that is compiled by this version of TypeScript before it runs. */
const typescript = (version, moduleResolution) => ({
  name: `TypeScript ${version}, ${moduleResolution}`,
  dependencies: ['jest@30', '@jest/globals@30', `typescript@${version}`, '@types/node@22', '@swc/core', '@swc/jest'],
  files: {
    'jest.config.js': config(SWC),
    'tsconfig.json': tsconfig({
      module: moduleResolution === 'bundler' ? 'preserve' : moduleResolution,
      moduleResolution,
      types: ['node'],
      noEmit: true,
    }),
    'pod.spec.ts': IMPORTED,
  },
  first: ['tsc'],
  ...JEST,
});

export const PROJECTS = [
  {
    name: 'Jest, JavaScript, CommonJS',
    short: true,
    dependencies: ['jest@30'],
    files: { 'jest.config.js': config({ preset: 'jest-kubelet' }), 'pod.spec.js': COMMONJS },
    ...JEST,
  },
  {
    name: 'Jest 29',
    dependencies: ['jest@29'],
    files: { 'jest.config.js': config({ preset: 'jest-kubelet' }), 'pod.spec.js': COMMONJS },
    ...JEST,
  },
  {
    name: 'ts-jest in a project of ES modules',
    dependencies: ['jest@30', '@jest/globals@30', 'ts-jest@29', 'typescript@5', '@types/node@22'],
    files: {
      'jest.config.cjs': config({
        preset: 'jest-kubelet',
        transform: {
          '\\.ts$': ['ts-jest', { tsconfig: { module: 'commonjs', isolatedModules: true, esModuleInterop: true } }],
        },
      }),
      'tsconfig.json': tsconfig({
        module: 'nodenext',
        moduleResolution: 'nodenext',
        isolatedModules: true,
        types: ['node'],
      }),
      'pod.spec.ts': IMPORTED,
    },
    type: 'module',
    ...JEST,
  },
  {
    name: 'ts-jest',
    dependencies: ['jest@30', 'ts-jest@29', 'typescript@5', '@types/jest@30', '@types/node@22'],
    files: {
      'jest.config.js': config({ preset: 'ts-jest', ...REGISTER }),
      'tsconfig.json': tsconfig({ module: 'commonjs', esModuleInterop: true }),
      'pod.spec.ts': TYPED_GLOBALS,
    },
    ...JEST,
  },
  {
    name: '@swc/jest',
    dependencies: ['jest@30', '@jest/globals@30', '@swc/core', '@swc/jest'],
    files: { 'jest.config.js': config(SWC), 'pod.spec.ts': IMPORTED },
    ...JEST,
  },
  {
    name: 'babel-jest',
    dependencies: ['jest@30', '@babel/core@7', '@babel/preset-env@7'],
    files: {
      'jest.config.js': config(REGISTER),
      'babel.config.js': config({ presets: [['@babel/preset-env', { targets: { node: 'current' } }]] }),
      'pod.spec.js': MODULE,
    },
    ...JEST,
  },
  {
    name: 'Jest in ESM mode',
    type: 'module',
    dependencies: ['jest@30', '@jest/globals@30'],
    files: {
      'jest.config.json': json({ transform: {}, ...REGISTER }),
      'pod.spec.js': MODULE,
    },
    env: { NODE_OPTIONS: '--experimental-vm-modules' },
    ...JEST,
  },
  {
    name: 'Vitest',
    short: true,
    type: 'module',
    dependencies: ['vitest@5'],
    files: {
      'vitest.config.js': "export default { test: { setupFiles: ['jest-kubelet/vitest'] } };\n",
      'pod.spec.js': VITEST,
    },
    command: ['vitest', 'run'],
  },
  {
    name: 'Vitest, TypeScript',
    type: 'module',
    dependencies: ['vitest@5', 'typescript@7', '@types/node@22'],
    files: {
      'tsconfig.json': tsconfig({ module: 'node16', types: ['node'], noEmit: true, skipLibCheck: true }),
      'pod.spec.ts': `import 'jest-kubelet/vitest';\n${VITEST}`,
    },
    first: ['tsc'],
    command: ['vitest', 'run'],
  },
  typescript(5, 'node16'),
  typescript(5, 'bundler'),
  typescript(7, 'node16'),
  typescript(7, 'bundler'),
];

export { json, MANIFEST };
