import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { declareTypes } from '../build/declareTypes.mjs';

// The entry points for users, and the matchers of `expect`.
const ENTRY = `export * from './src/index';
export type { ManifestMatchers } from './matchers/manifestMatchers';
export type { PodMatchers } from './matchers/podMatchers';
export type { ValueMatchers } from './matchers/valueMatchers';
`;

/** Returns the public API in the sources of `root`, in the form of API Extractor. */
export async function readModel(root) {
  // Not in dist, which others may be building or packing at the moment.
  const folder = await mkdtemp(path.join(tmpdir(), 'jest-kubelet-api-'));
  try {
    await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    await declareTypes(root, folder);
    const entry = path.join(folder, 'api.d.ts');
    await writeFile(entry, ENTRY);
    const model = path.join(folder, 'jest-kubelet.api.json');
    extract(root, entry, model);
    return JSON.parse(await readFile(model, 'utf8')).members[0].members;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function extract(root, entry, apiJsonFilePath) {
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: path.dirname(entry),
      mainEntryPointFilePath: entry,
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            strict: true,
            target: 'es2023',
            lib: ['es2023', 'esnext.disposable'],
            module: 'node16',
            moduleResolution: 'node16',
            types: ['node'],
            skipLibCheck: true,
          },
          files: [entry],
        },
      },
      apiReport: { enabled: false },
      docModel: { enabled: true, apiJsonFilePath, includeForgottenExports: true },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: path.join(root, 'package.json'),
  });
  const problems = [];
  Extractor.invoke(config, {
    localBuild: true,
    messageCallback(message) {
      message.handled = true;
      if (message.category === 'Compiler' && message.logLevel === 'error') problems.push(message.text);
    },
  });
  if (problems.length > 0) throw new Error(`the type declarations have errors:\n${problems.join('\n')}`);
}
