import { RuntimeError } from '../../runtime/runtimeError';

const OLDEST = [22, 22] as const;

/** Throws a RuntimeError if Node is too old to run pods. Otherwise they would fail with an unrelated error. */
export function refuseOldNode(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new RuntimeError('Node', `version ${version} is too old. Install Node ${OLDEST.join('.')} or later`);
}
