/** A line for a thing that set-up does, printed as it begins. */
export function say(line) {
  console.log(`set-up: ${line}`);
}

/** What set-up lacks and cannot or may not bring: what is wrong, and what would be right. */
export class SetupError extends Error {
  name = 'SetupError';

  constructor(wrong, right, { exitCode = 1, cause } = {}) {
    super(`${wrong}\n  ${right}`, { cause });
    this.exitCode = exitCode;
  }
}

/** Ends set-up where something is missing and `JEST_KUBELET_SETUP=never` keeps us from bringing it. */
export function assertMayInstall(missing, right, options) {
  if (process.env.JEST_KUBELET_SETUP !== 'never') return;
  throw new SetupError(`${missing}, and JEST_KUBELET_SETUP=never turns installing off`, right, options);
}
