import type { Command, News } from '../state/protocol';

/**
 * Returns the failure that a failed command means to its stage, so that nothing waits for an answer that will not come.
 * Returns undefined if there is none: a signal that was not delivered shows nothing about the process.
 */
export function failedAs(command: Command, message: string): News | undefined {
  switch (command.kind) {
    case 'CreateSandbox':
      return { kind: 'SandboxFailed', message };
    case 'StopSandbox':
      return { kind: 'SandboxStopped', id: command.id };
    case 'InspectImage':
      return { kind: 'ImagePullFailed', container: command.container, reason: 'ImageInspectError', message };
    case 'PullImage':
      return { kind: 'ImagePullFailed', container: command.container, reason: 'ErrImagePull', message };
    case 'CreateContainer': {
      const { name } = command.container;
      return { kind: 'ContainerCreateFailed', container: name, reason: 'CreateContainerError', message };
    }
    case 'StartContainer':
      return { kind: 'ContainerStartFailed', id: command.id, message };
    case 'RemoveContainer':
      return { kind: 'ContainerRemoved', id: command.id };
    case 'RunProbe': {
      const outcome = { result: 'Errored', state: 'unknown', output: message } as const;
      return { kind: 'ProbeAnswered', run: command.run, outcome };
    }
    case 'RunHook':
      return { kind: 'HookAnswered', run: command.run, outcome: { failed: true, message } };
    case 'SignalContainer':
      return undefined;
  }
}
