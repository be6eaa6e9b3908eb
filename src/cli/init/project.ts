import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What a first spec has to be like in somebody's project. */
export interface Project {
  readonly framework: 'jest' | 'vitest';
  /** How the spec is written: TypeScript with imports, or JavaScript that `require`s where nothing compiles it. */
  readonly language: 'ts' | 'js' | 'cjs';
  /** What Jest has to be told to compile TypeScript with; Babel and Vitest need not be named. */
  readonly transform: string | undefined;
  /** Whether a `.js` file is an ES module. */
  readonly isModule: boolean;
  /** Where the framework's configuration is, if there is one; not to be written over. */
  readonly config: string | undefined;
}

const CONFIGS = {
  jest: ['js', 'ts', 'mjs', 'cjs', 'mts', 'cts', 'json'].map((ending) => `jest.config.${ending}`),
  vitest: ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].flatMap((ending) => [
    `vitest.config.${ending}`,
    `vite.config.${ending}`,
  ]),
};
const TRANSFORMS = ['ts-jest', '@swc/jest', 'esbuild-jest'];
// Of Jest's own transform, which takes what Babel is configured to.
const BABEL = '@babel/preset-typescript';

interface PackageJson {
  readonly type?: string;
  readonly jest?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** @throws Error when the folder's package.json is no JSON. */
export function projectIn(folder: string): Project {
  const file = path.join(folder, 'package.json');
  const manifest = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PackageJson) : {};
  const packages = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }));
  const framework = packages.has('vitest') && !packages.has('jest') ? 'vitest' : 'jest';
  const isModule = manifest.type === 'module';
  const transform = framework === 'jest' ? TRANSFORMS.find((name) => packages.has(name)) : undefined;
  const compiles = framework === 'vitest' || transform !== undefined || packages.has(BABEL);
  const own = framework === 'jest' && manifest.jest !== undefined ? 'package.json' : undefined;
  return {
    framework,
    language: compiles ? 'ts' : isModule ? 'cjs' : 'js',
    transform,
    isModule,
    config: own ?? CONFIGS[framework].find((name) => existsSync(path.join(folder, name))),
  };
}
