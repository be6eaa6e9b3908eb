import type { Run } from '../run';
import { withHelper } from './runHelper';

/** Disconnects the network of a container, and of those that share it, from all others, or connects it again. */
export async function toggleLink(run: Run, id: string): Promise<void> {
  const host = { NetworkMode: `container:${id}`, CapAdd: ['NET_ADMIN'] };
  await withHelper(run, host, 'disconnect or reconnect the network of a pod', (runProgram) => runProgram(['/link']));
}
