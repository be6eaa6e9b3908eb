/** What tests and hooks get where nobody has set a time: a pod takes longer than a test framework's few seconds. In milliseconds. */
export const PATIENCE_MS = 120_000;
