import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RunReport } from '../../src/report/record/podRecord';
import type { Docker } from '../../src/runtime/docker/engine/docker';
import { findEngine } from '../../src/runtime/docker/engine/engine';
import { Project } from '../package/runners/project';
import { describeOnEngine } from './onEngine';

const NAME = `jest-${randomUUID()}`;

const FILES = {
  'pod.js': `
const { runPod } = require('jest-kubelet');
const command = ['sh', '-c', 'echo hi > /tmp/index.html; exec httpd -f -p 8080 -h /tmp'];
const readinessProbe = { httpGet: { path: '/index.html', port: 8080 }, periodSeconds: 1, failureThreshold: 1 };
const livenessProbe = { httpGet: { path: '/index.html', port: 8080 } };
const containers = [{ name: 'web', image: 'busybox:1.36', command, readinessProbe, livenessProbe }];
const run = () => runPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: '${NAME}' }, spec: { containers } });
exports.run = run;
exports.rehearse = async () => {
  const pod = await run();
  await expect(pod).toBecomeReady();
  await pod.container('web').exec(['rm', '/tmp/index.html']);
  await expect(pod).toBecomeUnready();
};
`,
  'fakeTimers.test.js': `
const { rehearse } = require('./pod');
afterEach(() => jest.useRealTimers());
test('modern fake timers change nothing', async () => {
  jest.useFakeTimers();
  await rehearse();
});
test('legacy fake timers change nothing', async () => {
  jest.useFakeTimers({ legacyFakeTimers: true });
  await rehearse();
});
`,
  'noNetwork.test.js': `
jest.mock('net');
jest.mock('http');
const { rehearse } = require('./pod');
test('no network in the test changes nothing', async () => {
  require('nock').disableNetConnect();
  expect(jest.isMockFunction(require('net').connect)).toBe(true);
  await rehearse();
});
`,
  'beforeAll.test.js': `
const { run } = require('./pod');
beforeAll(async () => {
  // All that there is to be removed exists by then.
  await expect(await run()).toBecomeReady();
  throw new Error('not today');
});
test('never runs', () => {});
`,
  'watched.test.js': `
const { run } = require('./pod');
test('is run again', async () => {
  await expect(await run()).toBecomeReady();
});
`,
};

describeOnEngine('a Jest project with pods', () => {
  let docker: Docker;
  let project: Project;
  beforeAll(async () => {
    docker = (await findEngine()).docker;
    project = new Project(FILES, { reporters: ['default', 'jest-kubelet/reporter'] });
    project.link('nock');
  });
  afterAll(() => project[Symbol.dispose]());

  /** Waits until nothing of the project's pods is left. A container whose removal has begun cannot be waited for. */
  async function isGone() {
    for (;;) {
      const left = await docker.listContainers({ all: true, filters: { name: [NAME] } });
      if (left.length === 0) return;
      await Promise.allSettled(left.map(({ Id }) => docker.getContainer(Id).wait({ condition: 'removed' })));
    }
  }

  test('passes with fake timers and a mocked network, and leaves no open handle', async () => {
    const { statuses, stderr, failureOf } = await project.jest(
      '--detectOpenHandles',
      '--testPathPatterns',
      'fakeTimers',
      'noNetwork',
    );
    expect(failureOf('no network in the test changes nothing')).toBe('');
    expect(statuses).toEqual({
      'modern fake timers change nothing': 'passed',
      'legacy fake timers change nothing': 'passed',
      'no network in the test changes nothing': 'passed',
    });
    expect(stderr).not.toMatch(/open handle|did not exit/);
    const { pods } = JSON.parse(project.read('jest-kubelet-report.json')) as RunReport;
    expect(pods.map(({ kind, name }) => ({ kind, name }))).toEqual(Array(3).fill({ kind: 'run', name: NAME }));
    expect(pods[0]?.events.map(({ kind }) => kind)).toContain('ContainerStarted');
    await isGone();
  });

  test('removes its pods on --bail and a failed beforeAll, and warns of a short timeout', async () => {
    const { code, stderr } = await project.jest('--bail', '--testTimeout=9000', '--testPathPatterns', 'beforeAll');
    expect(code).toBe(1);
    expect(stderr).toContain('not today');
    expect(stderr).toContain(
      `jest-kubelet: pod ${NAME} may need 33s to become Ready, but the test times out before that. ` +
        'Raise the timeout: test(name, fn, 63000), or testTimeout in your config',
    );
    await isGone();
  });

  test('runs its pod again with --watchAll, and removes it at the end', async () => {
    const jest = project.start('--watchAll', '--testPathPatterns', 'watched');
    const ended = once(jest, 'exit');
    const results: string[] = [];
    for await (const line of createInterface(jest.stderr)) {
      if (!line.startsWith('Tests:')) continue;
      results.push(line);
      if (results.length === 2) break;
      project.write('watched.test.js', `${FILES['watched.test.js']}// again\n`);
    }
    jest.kill();
    await ended;
    expect(results).toEqual(['Tests:       1 passed, 1 total', 'Tests:       1 passed, 1 total']);
    await isGone();
  });
});
