import path from 'node:path';
import { TEST_TIMEOUT_MS } from '../src/timing/testTimeout';

/** For `preset: 'jest-kubelet'` in a Jest configuration: the matchers in every test file, and a timeout for pods. */
export const setupFilesAfterEnv = [path.join(__dirname, 'register.cjs')];
export const testTimeout = TEST_TIMEOUT_MS;
