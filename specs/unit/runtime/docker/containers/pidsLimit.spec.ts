import { expect, test } from '@jest/globals';
import { withPidsLimit } from '../../../../../src/runtime/docker/containers/pidsLimit';
import type { Docker } from '../../../../../src/runtime/docker/engine/docker';

const COULD_NOT = 'OCI runtime exec failed: exec failed: error executing setns process: exit status 1: unknown';

/** Returns an engine whose containers have this many processes. */
const having = (current: number) =>
  ({ getContainer: () => ({ stats: async () => ({ pids_stats: { current } }) }) }) as unknown as Docker;

test('explains a command that fails because of the process limit', async () => {
  expect(await withPidsLimit(having(4_095), 'f00', COULD_NOT)).toBe(
    `${COULD_NOT}. The container has 4095 processes and threads, and jest-kubelet limits it to 4096`,
  );
});

test('keeps the message of the engine if the failure has another cause', async () => {
  expect(await withPidsLimit(having(12), 'f00', COULD_NOT)).toBe(COULD_NOT);
  const missing = 'OCI runtime exec failed: exec: "chekc": executable file not found in $PATH';
  expect(await withPidsLimit(having(4_095), 'f00', missing)).toBe(missing);
});
