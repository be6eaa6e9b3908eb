import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rolldown } from 'rolldown';

const COMMON = {
  platform: 'node',
  // Dependencies stay outside of the bundle. Sources are bundled, and they are imported by path.
  external: /^[^./]/,
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
};

// The test side is CommonJS, so that a default Jest loads it; what its entries share becomes a chunk, loaded once.
const TEST_SIDE = {
  index: 'src/index.ts',
  register: 'matchers/register.ts',
  'jest-globals': 'matchers/jest-globals.ts',
  matchers: 'matchers/index.ts',
  'jest-preset': 'matchers/jest-preset.ts',
};
const REPORTER = { reporter: 'src/reporter/jestReporter.ts' };
const VITEST = { vitest: 'matchers/vitest.mts' };
const AGENT = { agent: 'src/agent/main.ts' };
const RENDER = { render: 'src/agent/renderMain.ts' };
// The script of the report page, with all its dependencies.
const PICTURE = { picture: 'src/report/html/client/main.ts' };
const PICTURE_STYLE = 'src/report/html/client/picture.css';
const CLI = { cli: 'src/cli/main.ts' };

/** Bundles the package's entries into `dist` of `root`. */
export async function bundle(root) {
  // The files are written to another folder and moved one by one, so that a parallel test run finds the old file or the
  // new one.
  const fresh = path.join(root, `dist.${process.pid}`);
  const dist = path.join(root, 'dist');
  try {
    await write(root, TEST_SIDE, {
      dir: fresh,
      format: 'cjs',
      entryFileNames: '[name].cjs',
      chunkFileNames: '[name].cjs',
    });
    // `exports.default`, as its types say; alone it would be `module.exports`.
    await write(root, REPORTER, { dir: fresh, format: 'cjs', exports: 'named', entryFileNames: '[name].cjs' });
    await write(root, VITEST, { dir: fresh, format: 'esm', entryFileNames: '[name].mjs', codeSplitting: false });
    await write(root, AGENT, { dir: fresh, format: 'esm', entryFileNames: '[name].mjs', codeSplitting: false });
    await write(root, RENDER, { dir: fresh, format: 'esm', entryFileNames: '[name].mjs', codeSplitting: false });
    await write(root, CLI, { dir: fresh, format: 'esm', entryFileNames: '[name].mjs', codeSplitting: false });
    await bundlePicture(root, fresh);
    await chmod(path.join(fresh, 'cli.mjs'), 0o755);
    await moveInto(dist, fresh);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function write(root, input, output) {
  const bundler = await rolldown({ ...COMMON, cwd: root, input });
  await bundler.write({ ...output, sourcemap: true });
  await bundler.close();
}

async function bundlePicture(root, dir) {
  const bundler = await rolldown({ cwd: root, input: PICTURE, platform: 'browser' });
  const { output } = await bundler.generate({ format: 'iife', minify: true, codeSplitting: false });
  await bundler.close();
  const [{ code, moduleIds }] = output;
  await writeFile(path.join(dir, 'picture.js'), `/*!\n${await licenses(moduleIds)}\n*/\n${code}`);
  await copyFile(path.join(root, PICTURE_STYLE), path.join(dir, 'picture.css'));
}

/** Returns the license texts of the packages in a page, as their authors require. */
async function licenses(modules) {
  const homes = new Set(modules.flatMap((id) => /^.*[\\/]node_modules[\\/][^\\/]+/.exec(id)?.[0] ?? []));
  const names = new Map();
  for (const home of [...homes].sort()) {
    const text = (await readFile(path.join(home, 'LICENSE'), 'utf8')).trim();
    names.set(text, [...(names.get(text) ?? []), path.basename(home)]);
  }
  return [...names].map(([text, packages]) => `${packages.join(', ')}:\n${text}`).join('\n\n');
}

const BUNDLED = /\.[cm]js(\.map)?$/;

async function moveInto(dist, fresh) {
  await mkdir(dist, { recursive: true });
  const files = await readdir(fresh);
  for (const file of files) await rename(path.join(fresh, file), path.join(dist, file));
  // Older chunks that no entry imports.
  const strays = (await readdir(dist)).filter((file) => BUNDLED.test(file) && !files.includes(file));
  for (const file of strays) await rm(path.join(dist, file));
}
