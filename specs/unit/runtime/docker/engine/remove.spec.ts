import { expect, test } from '@jest/globals';
import type { Docker } from '../../../../../src/runtime/docker/engine/docker';
import { removeLabelled } from '../../../../../src/runtime/docker/engine/remove';

const refusal = (statusCode: number, message: string) => Object.assign(new Error(message), { statusCode });

/** Docker keeps such a container as dead, and removes it at the second request. */
const NOT_EMPTY = 'driver "overlay2" failed to remove root filesystem: unlinkat /var/lib/docker/1: directory not empty';

/** Creates an engine with one volume and one network of the run, each of which fails to be removed this many times. */
function engineWith(refusals: {
  readonly container?: readonly Error[];
  readonly volume?: readonly Error[];
  readonly network?: readonly Error[];
}) {
  const removed: string[] = [];
  const removal = (what: string, why: readonly Error[] = []) => {
    const left = [...why];
    return async () => {
      const refused = left.shift();
      if (refused) throw refused;
      removed.push(what);
    };
  };
  const container = { remove: removal('container', refusals.container) };
  const volume = { remove: removal('volume', refusals.volume) };
  const network = {
    inspect: async () => ({ Containers: { sandbox: {} } }),
    disconnect: () => Promise.reject(refusal(500, 'container sandbox is marked for removal')),
    remove: removal('network', refusals.network),
  };
  const docker = {
    listContainers: async () => (refusals.container ? [{ Id: 'web', Labels: {} }] : []),
    listVolumes: async () => ({ Volumes: [{ Name: 'data', Labels: {} }] }),
    listNetworks: async () => [{ Id: 'services', Labels: {} }],
    getContainer: () => container,
    getVolume: () => volume,
    getNetwork: () => network,
  };
  return { docker: docker as unknown as Docker, removed };
}

test('removes a volume and a network once their container is removed', async () => {
  const { docker, removed } = engineWith({
    volume: [refusal(409, 'volume is in use'), refusal(409, 'volume is in use')],
    network: [refusal(403, 'error while removing network: network services has active endpoints')],
  });
  await removeLabelled(docker, 'jest-kubelet.run=1');
  expect(removed).toEqual(['network', 'volume']);
});

test('continues after a failed removal, and reports it at the end', async () => {
  const { docker, removed } = engineWith({
    volume: [refusal(409, 'volume is in use')],
    network: [refusal(500, 'the firewall is gone')],
  });
  await expect(removeLabelled(docker, 'jest-kubelet.run=1')).rejects.toThrow('the firewall is gone');
  expect(removed).toEqual(['volume']);
});

test('repeats the removal of a container whose file system was still busy', async () => {
  const { docker, removed } = engineWith({ container: [refusal(500, NOT_EMPTY)] });
  await removeLabelled(docker, 'jest-kubelet.run=1');
  expect(removed).toEqual(['container', 'volume', 'network']);
});
