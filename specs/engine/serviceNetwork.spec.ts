import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RUN_LABEL } from '../../src/runtime/docker/engine/labels';
import { removeLabelled } from '../../src/runtime/docker/engine/remove';
import { ServiceNetwork } from '../../src/runtime/docker/services/serviceNetwork';
import { describeOnEngine } from './onEngine';
import { beginSpecRun } from './specRun';

describeOnEngine('ServiceNetwork', () => {
  let spec: Awaited<ReturnType<typeof beginSpecRun>>;
  beforeAll(async () => {
    spec = await beginSpecRun();
  });
  afterAll(() => spec.end());

  test('disappears with its run, even if other containers are connected', async () => {
    const { engine, id, labels } = spec.run;
    const { docker } = engine;
    const network = new ServiceNetwork(docker, `${id}.left`, { ...labels, [RUN_LABEL]: `${id}.left` });
    const theirs = await docker.createContainer({
      Image: 'busybox:1.36',
      Cmd: ['sleep', '600'],
      Labels: { ...labels },
    });
    await theirs.start();
    const own = Object.keys((await theirs.inspect()).NetworkSettings.Networks);
    const address = await network.newAddress();
    await network.connect(theirs.id, address);
    const before = (await theirs.inspect()).NetworkSettings.Networks[`jest-kubelet_services_${id}.left`];
    expect(before).toMatchObject({ IPAddress: address });

    await removeLabelled(docker, `${RUN_LABEL}=${id}.left`);
    const { NetworkSettings, State } = await theirs.inspect();
    expect(State.Running).toBe(true);
    expect(Object.keys(NetworkSettings.Networks)).toEqual(own);
    const filters = { label: [`${RUN_LABEL}=${id}.left`] };
    expect(await docker.listNetworks({ filters })).toEqual([]);
  });
});
