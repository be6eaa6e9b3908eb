import { RuntimeError } from '../../runtime/runtimeError';

const OLDEST = [22, 22] as const;

/** Throws a RuntimeError where Node is older than what the pods are played with needs: it would fail in strange ways. */
export function refuseOldNode(version = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new RuntimeError(
    'Node',
    `this is ${version}; pods are run with Node ${OLDEST.join('.')} or later. Install it, and run this again`,
  );
}
