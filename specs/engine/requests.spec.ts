import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { Run } from '../../src/runtime/docker/run';
import { EnginePod } from './enginePod';
import { describeOnEngine } from './onEngine';
import { beginSpecRun } from './specRun';

const IMAGE = { container: 'web', image: 'busybox:1.36' };
// A run sends many other requests, and removes what killed runs left.
const OF_A_POD = /^(?!DELETE).* \/(containers\/(create|ID)|images\/busybox)/;

interface Request {
  readonly method: string;
  readonly path: string;
}

describeOnEngine('requests to the container engine', () => {
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

  // If this machine does not reach the pods, a program starts in the sandbox. No request waits for it.
  const listRequests = () => asked.filter((request) => OF_A_POD.test(request) && !request.endsWith('/exec'));

  test('contain no duplicates until a container has started', async () => {
    await pod.do({ kind: 'CreateSandbox', attempt: 0 }, 'SandboxStarted');
    await pod.do({ kind: 'InspectImage', ...IMAGE }, 'ImageInspected');
    const { id } = await pod.create({ command: ['sleep', '600'] });
    await pod.do({ kind: 'StartContainer', id }, 'ContainerStarted');
    expect(listRequests()).toEqual([
      'POST /containers/create',
      'POST /containers/ID/start',
      'GET /containers/ID/json',
      'GET /images/busybox:1.36/json',
      'POST /containers/create',
      'POST /containers/ID/start',
    ]);
  });

  test('read the cause and the termination message at an exit', async () => {
    const id = await pod.start({ command: ['sleep', '600'], terminationMessagePath: '/dev/termination-log' });
    asked = [];
    await pod.do({ kind: 'SignalContainer', id, signal: 'SIGKILL' }, 'ContainerExited');
    expect(listRequests().toSorted()).toEqual([
      'GET /containers/ID/json',
      'HEAD /containers/ID/archive',
      'POST /containers/ID/kill',
    ]);
  });

  test('consist of one kill when a sandbox stops', async () => {
    const { id } = await pod.do({ kind: 'CreateSandbox', attempt: 0 }, 'SandboxStarted');
    asked = [];
    await pod.do({ kind: 'StopSandbox', id }, 'SandboxStopped');
    expect(listRequests()).toEqual(['POST /containers/ID/kill']);
  });
});
