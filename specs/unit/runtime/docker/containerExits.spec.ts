import { describe, expect, jest, test } from '@jest/globals';
import type { Observation } from '../../../../src/kubelet/state/protocol';
import type { Container } from '../../../../src/manifest/model';
import { ContainerExits, type ExitPorts } from '../../../../src/runtime/docker/containerExits';
import { Instances } from '../../../../src/runtime/docker/containers/instances';
import type { Docker } from '../../../../src/runtime/docker/engine/docker';

const WEB = { name: 'web', terminationMessagePolicy: 'File' } as unknown as Container;
/** No record of the kernel's log contains it. */
const ID = 'instance-of-web';
const EXIT = { exitCode: 137, wasOOMKilled: async () => false };

/** Returns the exits of one running instance, with all that they report. */
function start(ports: Partial<ExitPorts> = {}, engine: object = {}) {
  const instances = new Instances();
  instances.add(ID, WEB, 'SIGTERM', 0);
  instances.mark(ID, 'running');
  const seen: Observation[] = [];
  const onBroken = jest.fn();
  const exits = new ContainerExits({
    docker: { getContainer: () => engine } as unknown as Docker,
    instances,
    endsOnOOM: true,
    readTerminationLog: async () => '',
    emit: (observation) => void seen.push(observation),
    onBroken,
    ...ports,
  });
  return { exits, instances, seen, onBroken };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('ContainerExits', () => {
  test('reports an exit with its termination message', async () => {
    const { exits, instances, seen } = start({ readTerminationLog: async () => 'no database' });
    exits.onExit(ID, { ...EXIT, exitCode: 1 });
    expect(instances.get(ID)?.state).toBe('exited');
    await settle();
    expect(seen).toEqual([{ kind: 'ContainerExited', id: ID, exitCode: 1, message: 'no database' }]);
  });

  test('ends the container when the kernel kills one of its processes', async () => {
    const kill = jest.fn(async () => {});
    const { exits, seen } = start({}, { kill });
    await exits.onOutOfMemory(ID);
    exits.onExit(ID, EXIT);
    await settle();
    expect(kill.mock.calls).toEqual([[{ signal: 'SIGKILL' }]]);
    expect(seen).toEqual([
      { kind: 'ProcessOOMKilled', id: ID, endsContainer: true },
      { kind: 'ContainerExited', id: ID, exitCode: 137, reason: 'OOMKilled' },
    ]);
  });

  test('reports only the exit if the killed process was the main one', async () => {
    const kill = () => Promise.reject(new Error('is not running'));
    const { exits, seen } = start({}, { kill });
    await exits.onOutOfMemory(ID);
    exits.onExit(ID, EXIT);
    await settle();
    expect(seen).toEqual([{ kind: 'ContainerExited', id: ID, exitCode: 137, reason: 'OOMKilled' }]);
  });

  test('keeps the container running if an OOM kill ends only its process', async () => {
    const { exits, seen } = start({ endsOnOOM: false }, { inspect: async () => ({ State: { Running: true } }) });
    await exits.onOutOfMemory(ID);
    expect(seen).toEqual([{ kind: 'ProcessOOMKilled', id: ID, endsContainer: false }]);
  });

  test('aborts the run if the engine fails to report an exit', async () => {
    const { exits, seen, onBroken } = start({ readTerminationLog: () => Promise.reject(new Error('EOF')) });
    exits.onExit(ID, EXIT);
    await settle();
    expect(seen).toEqual([]);
    expect(onBroken.mock.calls).toMatchObject([
      [{ message: "container engine: failed to report the exit of a container: EOF. Check the engine's log" }],
    ]);
  });
});
