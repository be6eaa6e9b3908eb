import { expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { simulatePod } from '../../../../src/pod/simulated/simulatePod';
import { messageOf } from '../messageOf';

const MANIFEST = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'shop' },
  spec: {
    containers: [
      { name: 'web', image: 'shop/web:1' },
      { name: 'proxy', image: 'shop/proxy:1' },
    ],
  },
};

const shop = () =>
  simulatePod(
    MANIFEST,
    {
      web: [
        { at: '1s', stdout: 'connecting with hunter2' },
        { at: '3s', stdout: 'listening on 8080' },
      ],
      proxy: [{ at: '2s', stdout: 'ready\nlistening on 8443' }],
    },
    { secrets: { db: { password: 'hunter2' } } },
  );

test('waits for a line that contains a text or matches a regular expression', async () => {
  const pod = shop();
  await expect(pod).toLog('listening');
  expect(pod.timeline.now).toBe(2_000);
  await expect(shop()).toLog(/^listening on \d+$/, { container: 'web', within: '3s' });
  await expect(shop()).not.toLog('listening', { container: 'web', within: '2s' });
});

test('ignores a line before the last action of the test', async () => {
  const pod = shop();
  pod.advance('5s');
  await pod.container('proxy').kill();
  await expect(pod).not.toLog('listening', { container: 'web', within: '5s' });
  await expect(pod).toLog('listening', { container: 'web', since: 'start' });
});

test('finds a Secret value, and masks it in the message', async () => {
  expect(await messageOf(() => expect(shop()).not.toLog('hunter2', { within: '2s' }))).toBe(
    `expect(pod).not.toLog('***', { within: '2s' })

Expected: no container to log a line that contains '***' within 2s
Received: web logged 'connecting with ***' after 1.0s

  +0.0s  test   run
  +0.0s  web    Started  Container started
  +0.0s  proxy  Started  Container started
  +0.0s  pod    Ready

Output of web:
  +1.0s  connecting with ***`,
  );
});

test('prints the lines that were written instead', async () => {
  expect(await messageOf(() => expect(shop()).toLog('migrated', { container: 'web', within: '5s' }))).toBe(
    `expect(pod).toLog('migrated', { container: 'web', within: '5s' })

Expected: web to log a line that contains 'migrated' within 5s
Received: no matching line among 2 lines after 5.0s

  +0.0s  test   run
  +0.0s  web    Started  Container started
  +0.0s  proxy  Started  Container started
  +0.0s  pod    Ready

Output of web:
  +1.0s  connecting with ***
  +3.0s  listening on 8080`,
  );
});

test('reports that no line was written', async () => {
  const pod = simulatePod(MANIFEST);
  expect(await messageOf(() => expect(pod).toLog(/up/, { within: '5s' }))).toBe(
    `expect(pod).toLog(/up/, { within: '5s' })

Expected: a container to log a line that matches /up/ within 5s
Received: no output after 5.0s

  +0.0s  test   run
  +0.0s  web    Started  Container started
  +0.0s  proxy  Started  Container started
  +0.0s  pod    Ready`,
  );
});

test.each<[string | undefined, string]>([
  [undefined, 'pattern must be a part of the line or a regular expression, received undefined'],
  ['', "pattern must be a part of the line or a regular expression, received ''"],
])('rejects %j, which matches every line', async (pattern, complaint) => {
  expect(await messageOf(() => expect(shop()).toLog(pattern as string, { within: '1s' }))).toContain(complaint);
});
