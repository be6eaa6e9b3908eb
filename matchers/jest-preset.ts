import path from 'node:path';
import { PATIENCE_MS } from '../src/clock/patience';

/** `preset: 'jest-kubelet'` in a Jest configuration: the matchers in every test file, and time enough for a pod. */
export const setupFilesAfterEnv = [path.join(__dirname, 'register.cjs')];
export const testTimeout = PATIENCE_MS;
