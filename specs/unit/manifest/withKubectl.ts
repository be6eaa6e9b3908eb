import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from '@jest/globals';

const { PATH = '' } = process.env;
const hasKubectl = PATH.split(path.delimiter).some((folder) => existsSync(path.join(folder, 'kubectl')));
if (!hasKubectl) process.stderr.write('specs of kustomize skipped: there is no kubectl on the PATH\n');

/** Runs a test only if the real kubectl is installed, and reports it as skipped otherwise. */
export const testWithKubectl = hasKubectl ? test : test.skip;
