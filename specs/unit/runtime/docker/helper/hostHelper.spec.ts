import { expect, test } from '@jest/globals';
import type { Engine } from '../../../../../src/runtime/docker/engine/engine';
import { HostHelper } from '../../../../../src/runtime/docker/helper/hostHelper';

/** Returns an engine that fails to start containers, and counts the created and removed ones. */
function engineThatCannotStart() {
  const counts = { created: 0, removed: 0 };
  const container = {
    start: async () => Promise.reject(new Error('no root')),
    remove: async () => {
      counts.removed += 1;
    },
  };
  const createContainer = async () => {
    counts.created += 1;
    return container;
  };
  return { engine: { docker: { createContainer } } as unknown as Engine, counts };
}

test('creates no container after the end of the run', async () => {
  const { engine, counts } = engineThatCannotStart();
  const helper = new HostHelper({ engine, labels: {}, pauseImage: 'pause' });
  await helper.end();
  await expect(helper.run('list processes', ['ps'])).rejects.toThrow('failed to list processes: the run has ended');
  expect(counts).toEqual({ created: 0, removed: 0 });
});

test('removes a container that was only created when the run ends', async () => {
  const { engine, counts } = engineThatCannotStart();
  const helper = new HostHelper({ engine, labels: {}, pauseImage: 'pause' });
  const run = helper.run('list processes', ['ps']);
  await Promise.all([helper.end(), expect(run).rejects.toThrow('failed to list processes: no root')]);
  expect(counts).toEqual({ created: 1, removed: 1 });
});
