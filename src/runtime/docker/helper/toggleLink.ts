import type { Run } from '../run';
import { withHelper } from './runHelper';

/** Cuts the network of a container, and of those that share it, off from all others, or joins it to them again. */
export async function toggleLink(run: Run, id: string): Promise<void> {
  const host = { NetworkMode: `container:${id}`, CapAdd: ['NET_ADMIN'] };
  await withHelper(run, host, 'cut the network of a pod', (runProgram) => runProgram(['/link']));
}
