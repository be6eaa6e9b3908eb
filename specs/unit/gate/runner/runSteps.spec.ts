import { expect, test } from '@jest/globals';
import { loadManifest } from '../../../../src/manifest/loadPod';
import { progressDeadlineSecondsOf } from '../../../../src/manifest/workload/workloads';
import { adviceOn } from '../../../../src/report/incident/note';
import { failures, outcomes } from '../gateOf';

// The gate waits as long as the matchers.

const exec = { exec: { command: ['check'] } };
const HANGS = { exec: { check: { takes: 'forever' } } };
const WORKS = { exec: { check: 0 } };

async function ready(web: object, up: string, subject: object = {}, more: object = {}): Promise<string | undefined> {
  const spec = { containers: [{ name: 'web', image: 'web:1', ...web }], ...more };
  const app = {
    web: [
      { at: '0s', ...HANGS },
      { at: up, ...WORKS },
    ],
  };
  return (await outcomes({ spec, app, subject, checks: ['ready-in-budget'] }))['ready-in-budget'];
}

test('passes a start with attempts that outlast their period, up to the kill', async () => {
  const startupProbe = { ...exec, periodSeconds: 1, timeoutSeconds: 10, failureThreshold: 3 };
  expect(await ready({ startupProbe }, '20500ms')).toBe('passed: the pod is Ready after 21s');
  expect(await ready({ startupProbe }, '32s')).toMatch(
    /^failed: the pod does not become Ready: the kubelet killed web before it was up/,
  );
});

test('includes a postStart hook before the startup probe', async () => {
  const startupProbe = { ...exec, periodSeconds: 1, failureThreshold: 5 };
  const lifecycle = { postStart: { sleep: { seconds: 15 } } };
  expect(await ready({ startupProbe, lifecycle }, '16100ms')).toMatch(/^passed: the pod is Ready after (16|17)s/);
});

test('waits for progressDeadlineSeconds of a Deployment if no probe ends the start', async () => {
  expect(await ready({ readinessProbe: exec }, '100s')).toMatch(/^failed/);
  expect(await ready({ readinessProbe: exec }, '100s', { progressDeadlineSeconds: 120 })).toMatch(/^passed/);
  expect(await ready({ readinessProbe: exec }, '130s', { progressDeadlineSeconds: 120 })).toMatch(/^failed/);
});

test('names the init container that used the time', async () => {
  const initContainers = [{ name: 'migrate', image: 'migrate:1' }];
  expect(await ready({ startupProbe: exec }, '1s', {}, { initContainers })).toContain(
    'Init container migrate used the time. Its limit is 1m (default: the manifest sets no limit)',
  );
});

test('reads progressDeadlineSeconds of a Deployment', () => {
  const deployment = (more: object) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
      ...more,
    },
  });
  expect(progressDeadlineSecondsOf(loadManifest(deployment({ progressDeadlineSeconds: 90 })).workload)).toBe(90);
  expect(progressDeadlineSecondsOf(loadManifest(deployment({})).workload)).toBeUndefined();
});

test('explains an init container that does not finish', async () => {
  const initContainers = [{ name: 'migrate', image: 'migrate:1' }];
  const spec = { initContainers, containers: [{ name: 'web', image: 'web:1' }] };
  const [failure] = await failures('ready-in-budget', { spec, app: {} });
  expect(failure?.record && adviceOn(failure.record)).toMatchObject({
    cause: 'init-not-finished',
    advice: expect.stringMatching(/^Init container migrate does not finish/),
  });
});
