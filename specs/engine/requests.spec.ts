import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { Run } from '../../src/runtime/docker/run';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { beginSpecRun } from './specRun';

const IMAGE = { container: 'web', image: 'busybox:1.36' };
// A run asks after much else, and removes what dead ones have left.
const OF_A_POD = /^(?!DELETE).* \/(containers\/(create|ID)|images\/busybox)/;

interface Request {
  readonly method: string;
  readonly path: string;
}

describeOnEngine('what a container engine is asked', () => {
  let run: Run;
  let end: () => Promise<void>;
  let pod: EnginePod;
  let pods = 0;
  let asked: string[];

  beforeAll(async () => {
    ({ run, end } = await beginSpecRun());
  });
  afterAll(() => end());
  beforeEach(() => {
    asked = [];
    const { modem } = run.engine.docker;
    const dial = modem.dial.bind(modem);
    jest.spyOn(modem, 'dial').mockImplementation((options, callback) => {
      const { method, path } = options as Request;
      asked.push(`${method} ${path.replace(/\?.*/, '').replace(/[0-9a-f]{64}/, 'ID')}`);
      return dial(options, callback);
    });
    pods += 1;
    pod = new EnginePod(run, String(pods));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await pod.runtime.remove();
  });

  // Where this machine does not reach the pods, a program starts in the sandbox, and nothing waits for it.
  const known = () => asked.filter((request) => OF_A_POD.test(request) && !request.endsWith('/exec'));

  test('on the way to the start of a container is each thing once', async () => {
    await pod.do({ kind: 'CreateSandbox', attempt: 0 }, 'SandboxStarted');
    await pod.do({ kind: 'InspectImage', ...IMAGE }, 'ImageInspected');
    const { id } = await pod.create({ command: ['sleep', '600'] });
    await pod.do({ kind: 'StartContainer', id }, 'ContainerStarted');
    expect(known()).toEqual([
      'POST /containers/create',
      'POST /containers/ID/start',
      'GET /containers/ID/json',
      'GET /images/busybox:1.36/json',
      'POST /containers/create',
      'POST /containers/ID/start',
    ]);
  });

  test('at an exit is whether the kernel did it, and for its last words', async () => {
    const id = await pod.start({ command: ['sleep', '600'], terminationMessagePath: '/dev/termination-log' });
    asked = [];
    await pod.do({ kind: 'SignalContainer', id, signal: 'SIGKILL' }, 'ContainerExited');
    expect(known().toSorted()).toEqual([
      'GET /containers/ID/json',
      'HEAD /containers/ID/archive',
      'POST /containers/ID/kill',
    ]);
  });

  test('when a sandbox is stopped is that, and nothing more', async () => {
    const { id } = await pod.do({ kind: 'CreateSandbox', attempt: 0 }, 'SandboxStarted');
    asked = [];
    await pod.do({ kind: 'StopSandbox', id }, 'SandboxStopped');
    expect(known()).toEqual(['POST /containers/ID/kill']);
  });
});
