import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { beforeAll, expect, test } from '@jest/globals';
import type { Docker } from '../../src/runtime/docker/engine/docker';
import { findEngine } from '../../src/runtime/docker/engine/engine';
import { OWNER_LABEL, RUN_LABEL } from '../../src/runtime/docker/engine/labels';
import { sweep } from '../../src/runtime/docker/engine/remove';
import { isDead, type Owner, thisProcess } from '../../src/runtime/owner';
import { describeOnEngine } from './onEngine';

describeOnEngine('the pod of a test process', () => {
  let docker: Docker;
  beforeAll(async () => {
    docker = (await findEngine()).docker;
  });

  test.each<[string, (holder: ChildProcess) => unknown]>([
    ['is killed', (holder) => holder.kill('SIGKILL')],
    ['is interrupted', (holder) => holder.kill('SIGINT')],
    ['ends by itself', (holder) => holder.send('end')],
  ])('is removed when the process %s', async (_, end) => {
    const { holder, removed } = await holdPod(docker);
    end(holder);
    await removed;
  });

  test('is removed by the next run after its agent was killed too', async () => {
    const { holder, agent, removed } = await holdPod(docker);
    process.kill(agent.pid, 'SIGKILL');
    holder.kill('SIGKILL');
    while (!isDead(agent)) await setImmediate();
    await sweep(docker);
    await removed;
  });

  test('is removed together with its volumes', async () => {
    const owner: Owner = { ...thisProcess(), startedAt: 'another time' };
    const Labels = { [RUN_LABEL]: 'left', [OWNER_LABEL]: JSON.stringify(owner) };
    const { name } = await docker.createVolume({ Labels });
    await sweep(docker);
    await expect(docker.getVolume(name).inspect()).rejects.toThrow('no such volume');
  });

  test('is kept while its agent runs', async () => {
    const { holder, name, removed } = await holdPod(docker);
    await sweep(docker);
    expect(await docker.listContainers({ filters: { name: [name] } })).toHaveLength(2);
    holder.kill('SIGKILL');
    await removed;
  });
});

/** Starts a separate process that holds a running pod: its sandbox and one container. */
async function holdPod(docker: Docker) {
  const name = `left-${randomUUID()}`;
  const holder = fork(path.join(__dirname, 'podHolder.cjs'), [name], {
    execArgv: [],
    stdio: 'ignore',
  });
  await once(holder, 'message');
  const containers = await docker.listContainers({ filters: { name: [name] } });
  const agent = JSON.parse(containers[0]?.Labels[OWNER_LABEL] ?? '') as Owner;
  const removals = containers.map(({ Id }) => docker.getContainer(Id).wait({ condition: 'removed' }));
  return { holder, name, agent, removed: Promise.all(removals) };
}
