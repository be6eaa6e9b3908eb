import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../../../scripts/root.mjs';

// Checks which code compiles in a project with the built package, for each test framework, compiler and module
// resolution. Prints the errors, or nothing.

const SOURCE = readFileSync(path.join(ROOT, 'specs/package/types/matchers.ts'), 'utf8');
const EXPECT = "import { expect } from '@jest/globals';\n";
const DOOR = 'jest-kubelet/jest-globals';

const FILES = {
  'jestGlobals.ts': SOURCE,
  'globalJest.ts': variant('', 'jest-kubelet/register'),
  'vitest.mts': variant("import { expect } from 'vitest';\n", 'jest-kubelet/vitest'),
  'entryPoints.ts': readFileSync(path.join(ROOT, 'specs/package/types/entryPoints.ts'), 'utf8'),
};

/** The packages of each project. A global `expect` must not replace one that was not imported. */
const PROJECTS = {
  jest: { files: ['globalJest.ts'], types: ['jest', 'node'] },
  imported: { files: ['jestGlobals.ts', 'vitest.mts', 'entryPoints.ts'], types: ['node'] },
};

const NODE16 = { module: 'node16', moduleResolution: 'node16' };
const BUNDLER = { module: 'preserve', moduleResolution: 'bundler' };
// The default of TypeScript 5, with which the types of Vitest cannot be found.
const NODE10 = { module: 'commonjs', moduleResolution: 'node10', only: 'jest' };

const RESOLUTIONS = {
  typescript: [NODE16, BUNDLER],
  typescript5: [NODE16, BUNDLER, NODE10],
};

const PACKAGES = ['@jest/globals', '@types/jest', '@types/node', 'expect', 'vitest'];

/** A manifest, and the kind of project in which `init` writes a spec for it. */
const WRITTEN = [
  {
    name: 'shop',
    manifest: 'specs/unit/cli/everything.yaml',
    project: { devDependencies: { jest: '1', 'ts-jest': '1' } },
  },
  { name: 'migrate', manifest: 'specs/unit/cli/job.yaml', project: { devDependencies: { jest: '1', 'ts-jest': '1' } } },
  { name: 'kubia', manifest: 'examples/kubia/pod.yaml', project: { type: 'module', devDependencies: { vitest: '5' } } },
];

const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-types-'));
try {
  PROJECTS.imported.files.push(...WRITTEN.flatMap(initializeProject));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(folder, name), text);
  link('jest-kubelet', ROOT);
  for (const name of PACKAGES) link(name, path.join(ROOT, 'node_modules', name));
  const wrong = [];
  for (const [compiler, ways] of Object.entries(RESOLUTIONS)) {
    const tried = ways.flatMap(({ only, ...way }) =>
      Object.entries(PROJECTS)
        .filter(([name]) => only === undefined || only === name)
        .map(([name, project]) => compile(compiler, way, name, project)),
    );
    wrong.push(...(await Promise.all(tried)));
  }
  for (const each of wrong.filter(Boolean)) console.error(each);
  process.exitCode = wrong.some(Boolean) ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Returns the specs that `init` writes there, as files. */
function initializeProject({ name, manifest, project }) {
  const cwd = path.join(folder, name);
  mkdirSync(cwd);
  cpSync(path.join(ROOT, manifest), path.join(cwd, 'pod.yaml'));
  writeFileSync(path.join(cwd, 'package.json'), JSON.stringify(project));
  for (const options of [['--gate'], []]) {
    // The second call finds the configuration of the first.
    execFileSync(process.execPath, [path.join(ROOT, 'dist/cli.mjs'), 'init', '--yes', ...options, 'pod.yaml'], {
      cwd,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  return [`${name}/${name}.gate.spec.ts`, `${name}/${name}.spec.ts`];
}

function variant(expectImport, door) {
  if (!SOURCE.startsWith(EXPECT) || !SOURCE.includes(DOOR))
    throw new Error('specs/package/types/matchers.ts imports differently');
  return SOURCE.replace(EXPECT, expectImport).replace(DOOR, door);
}

function link(name, to) {
  const place = path.join(folder, 'node_modules', name);
  mkdirSync(path.dirname(place), { recursive: true });
  symlinkSync(to, place, 'junction');
}

/** Returns the errors of the compiler, or undefined. */
function compile(compiler, resolution, name, { files, types }) {
  const compilerOptions = {
    ...resolution,
    target: 'es2023',
    lib: ['es2023', 'esnext.disposable'],
    types,
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    // One check of the package's own declarations is enough, because it includes the declarations of all dependencies.
    skipLibCheck: !(compiler === 'typescript' && resolution.module === 'node16' && name === 'jest'),
  };
  const config = path.join(folder, `${compiler}.${resolution.moduleResolution}.${name}.json`);
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  const tsc = path.join(ROOT, 'node_modules', compiler, 'bin/tsc');
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, '--project', config], { cwd: folder }, (error, stdout) => {
      resolve(error && `${compiler}, ${resolution.moduleResolution}, ${name}:\n${stdout || error.message}`);
    });
  });
}
