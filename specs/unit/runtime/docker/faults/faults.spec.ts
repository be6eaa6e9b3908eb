import { expect, jest, test } from '@jest/globals';
import type { Container } from '../../../../../src/manifest/model';
import { Instances } from '../../../../../src/runtime/docker/containers/instances';
import { Faults } from '../../../../../src/runtime/docker/faults/faults';
import type { Run } from '../../../../../src/runtime/docker/run';
import type { PodSandbox } from '../../../../../src/runtime/docker/sandbox/podSandbox';

const WEB = { name: 'web', image: 'web:1' } as unknown as Container;

test('applies a limit that was set during a creation once the instance runs', async () => {
  const update = jest.fn(async () => {});
  const run = { engine: { docker: { getContainer: () => ({ update }) } } } as unknown as Run;
  const instances = new Instances();
  const faults = new Faults(run, instances, {} as PodSandbox);
  const start = (id: string) => {
    instances.add(id, WEB, 'SIGTERM', 0);
    instances.mark(id, 'running');
    return faults.restoreLimits('web');
  };

  expect(faults.applyLimits(WEB)).toBe(WEB);
  await faults.limit('web', { memory: '64Mi' });
  expect(update).not.toHaveBeenCalled();
  await start('first');
  expect(update.mock.calls).toEqual([[expect.objectContaining({ Memory: 64 * 1024 * 1024 })]]);

  instances.mark('first', 'exited');
  expect(faults.applyLimits(WEB).resources?.limits).toEqual({ memory: '64Mi' });
  await start('second');
  expect(update).toHaveBeenCalledTimes(1);
});
