import { test } from '@jest/globals';

const isWindows = process.platform === 'win32';
// Jest keeps the console of a skipped file to itself.
if (isWindows) process.stderr.write('specs of Unix files and shells skipped on Windows\n');

/** For what needs a Unix: device files, executable scripts, a shell. */
export const testOnPosix = isWindows ? test.skip : test;
