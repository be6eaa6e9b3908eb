/** Default timeout of tests and hooks in milliseconds. A pod takes longer than the few seconds of a test framework. */
export const TEST_TIMEOUT_MS = 120_000;
