import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Project for which a first spec is written. */
export interface Project {
  readonly framework: 'jest' | 'vitest';
  /** Language of the spec: TypeScript with imports, or JavaScript with `require` if nothing compiles it. */
  readonly language: 'ts' | 'js' | 'cjs';
  /** Transform that Jest needs to compile TypeScript. undefined for Babel and Vitest, which need none. */
  readonly transform: string | undefined;
  /** True if a `.js` file is an ES module. */
  readonly isModule: boolean;
  /** File of the framework's existing configuration, which init does not overwrite. */
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
// The default transform of Jest compiles TypeScript with this preset.
const BABEL = '@babel/preset-typescript';

interface PackageJson {
  readonly type?: string;
  readonly jest?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * Reads the project in a folder.
 *
 * @throws Error if package.json is not valid JSON.
 */
export function readProject(folder: string): Project {
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
