import { describe, expect, test } from '@jest/globals';
import { failedAs } from '../../../../src/kubelet/kuberuntime/runtimeFailed';
import type { Command } from '../../../../src/kubelet/state/protocol';

const failed = (command: object) => failedAs(command as Command, 'engine lost');

describe('failedAs', () => {
  test('fails the current stage of a start', () => {
    expect(failed({ kind: 'CreateSandbox', attempt: 0 })).toEqual({ kind: 'SandboxFailed', message: 'engine lost' });
    expect(failed({ kind: 'PullImage', container: 'web', image: 'web:1' })).toEqual({
      kind: 'ImagePullFailed',
      container: 'web',
      reason: 'ErrImagePull',
      message: 'engine lost',
    });
    expect(failed({ kind: 'CreateContainer', container: { name: 'web' }, attempt: 0 })).toEqual({
      kind: 'ContainerCreateFailed',
      container: 'web',
      reason: 'CreateContainerError',
      message: 'engine lost',
    });
  });

  test('distinguishes a failed inspection from a failed pull by the reason', () => {
    expect(failed({ kind: 'InspectImage', container: 'web', image: 'web:1' })).toMatchObject({
      reason: 'ImageInspectError',
    });
  });

  test('treats a failed removal as done, so that the kubelet does not wait for it', () => {
    expect(failed({ kind: 'StopSandbox', id: 's' })).toEqual({ kind: 'SandboxStopped', id: 's' });
    expect(failed({ kind: 'RemoveContainer', id: 'web' })).toEqual({ kind: 'ContainerRemoved', id: 'web' });
  });

  test('returns no result for a probe, and a failure for a hook', () => {
    const outcome = { result: 'Errored', state: 'unknown', output: 'engine lost' };
    expect(failed({ kind: 'RunProbe', run: 3 })).toEqual({ kind: 'ProbeAnswered', run: 3, outcome });
    const hook = { failed: true, message: 'engine lost' };
    expect(failed({ kind: 'RunHook', run: 4 })).toEqual({ kind: 'HookAnswered', run: 4, outcome: hook });
  });

  test('ignores a signal that was not delivered', () => {
    expect(failed({ kind: 'SignalContainer', id: 'web', signal: 'stop' })).toBeUndefined();
  });
});
