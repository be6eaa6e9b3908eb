import { describe, expect, test } from '@jest/globals';
import { failedAs } from '../../../../src/kubelet/kuberuntime/runtimeFailed';
import type { Command } from '../../../../src/kubelet/state/protocol';

const failed = (command: object) => failedAs(command as Command, 'engine lost');

describe('failedAs', () => {
  test('fails the stage of a start that failed in the runtime', () => {
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

  test('tells an inspected image from a pulled one by the reason', () => {
    expect(failed({ kind: 'InspectImage', container: 'web', image: 'web:1' })).toMatchObject({
      reason: 'ImageInspectError',
    });
  });

  test('takes what could not be removed for removed, so that nothing waits for it', () => {
    expect(failed({ kind: 'StopSandbox', id: 's' })).toEqual({ kind: 'SandboxStopped', id: 's' });
    expect(failed({ kind: 'RemoveContainer', id: 'web' })).toEqual({ kind: 'ContainerRemoved', id: 'web' });
  });

  test('gives a probe no result, and fails a hook', () => {
    const outcome = { result: 'Errored', state: 'unknown', output: 'engine lost' };
    expect(failed({ kind: 'RunProbe', run: 3 })).toEqual({ kind: 'ProbeAnswered', run: 3, outcome });
    const hook = { failed: true, message: 'engine lost' };
    expect(failed({ kind: 'RunHook', run: 4 })).toEqual({ kind: 'HookAnswered', run: 4, outcome: hook });
  });

  test('concludes nothing from a signal that was not delivered', () => {
    expect(failed({ kind: 'SignalContainer', id: 'web', signal: 'stop' })).toBeUndefined();
  });
});
