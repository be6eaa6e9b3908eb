import { constants } from 'node:os';
import { RuntimeError } from '../../runtimeError';
import type { Run } from '../run';
import { belongsToContainer, processesHere, socketFilesHere } from './hostProcess';
import { type ProcessFacts, parseFiles, parseProcesses } from './processFiles';

/** The processes of a container, on the machine that the engine runs on. */
export interface EngineHost {
  /** The main process of the container, by the pids of that machine. */
  readonly mainPid: number;
  /** Returns all processes in the container, by the pids of that machine. */
  processes(): Promise<readonly ProcessFacts[]>;
  /** Returns the files of /proc that list the TCP sockets in their network. */
  socketFiles(): Promise<readonly string[]>;
  /** Sends a signal to those of the processes that are in the container. An exited process counts as signaled. */
  signal(pids: readonly number[], name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): Promise<void>;
}

/**
 * Gives `work` access to the processes of a running container: directly if they are processes of this machine and ours
 * to signal, or through a container of ours in the engine's pid namespace. The machine needs no `ps`, and the image no
 * shell.
 *
 * @throws RuntimeError if the container does not run, or the engine does not permit our container.
 */
export async function withEngineHost<T>(
  run: Run,
  containerId: string,
  work: (host: EngineHost) => Promise<T>,
): Promise<T> {
  const { State } = await run.engine.docker.getContainer(containerId).inspect();
  if (!State.Running) throw new RuntimeError(shortContainerName(containerId), 'is not running, so it has no processes');
  if (!(await belongsToContainer(containerId, State.Pid))) return work(inside(run, containerId, State.Pid));
  return work({
    mainPid: State.Pid,
    processes: () => processesHere(containerId, State.Pid),
    socketFiles: () => socketFilesHere(State.Pid),
    async signal(pids, name) {
      if (await run.signalHere.send(containerId, pids, name)) return;
      await inside(run, containerId, State.Pid).signal(pids, name);
    },
  });
}

function inside(run: Run, containerId: string, mainPid: number): EngineHost {
  const runProgram = (argv: readonly string[]) =>
    run.hostHelper.run(`reach the processes of ${shortContainerName(containerId)}`, argv);
  return {
    mainPid,
    processes: async () => parseProcesses(await runProgram(['/processes', containerId])),
    socketFiles: async () => parseFiles(await runProgram(['/sockets', containerId])),
    async signal(pids, name) {
      if (pids.length > 0)
        await runProgram(['/signal', String(constants.signals[name]), containerId, ...pids.map(String)]);
    },
  };
}

/** Returns a container's name in messages, with the part of its id that `docker ps` shows. */
export function shortContainerName(containerId: string): string {
  return `container ${containerId.slice(0, 12)}`;
}
