import type { FailedStart } from '../../kubelet/state/protocol';
import { failedByEngine } from '../failedStart';

/**
 * Errors of containerd and runc, as the kubelet reports them.
 *
 * Source: containerd internal/cri/server `container_start.go`, `container_execsync.go`, `container_create.go`; runc
 * `libcontainer/standard_init_linux.go`, `setns_init_linux.go`.
 */

/** Returns the failure of a pull: its registry lacks the image, or responds as the script says. */
export function pullFailure(image: string, given: 'fails' | { readonly fails: string }): FailedStart {
  const failed = `failed to pull and unpack image "${image}"`;
  if (given !== 'fails') return failedByEngine('pull', `${failed}: ${given.fails}`);
  return { message: `${failed}: not found`, failure: { kind: 'imageMissing' } };
}

/** Returns the failure of a container whose program its image lacks. */
export function startFailure(program: string): FailedStart {
  const message = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ${notStarted(program)}`;
  return { message, failure: { kind: 'programMissing' } };
}

/** Returns the failure of a container if neither its image nor its manifest sets a command. */
export function commandFailure(id: string): string {
  return `failed to generate container "${id}" spec: failed to generate spec: no command specified`;
}

/** Returns the failure of a command in a container that lacks its program. */
export function execFailure(program: string): string {
  return `rpc error: code = Unknown desc = failed to exec in container: failed to start exec "${EXEC_ID}": OCI runtime exec failed: exec failed: ${notStarted(program)}`;
}

/** The error of a command in a container that has exited. */
export const EXEC_AFTER_EXIT =
  'rpc error: code = Unknown desc = failed to exec in container: container is in CONTAINER_EXITED state';

/** A real exec has a unique id. Here it is always the same one. */
const EXEC_ID = '0'.repeat(64);

function notStarted(program: string): string {
  const why = program.includes('/')
    ? `stat ${program}: no such file or directory`
    : 'executable file not found in $PATH';
  return `unable to start container process: exec: "${program}": ${why}: unknown`;
}
