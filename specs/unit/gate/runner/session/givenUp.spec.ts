import { describe, expect, test } from '@jest/globals';
import type { ScriptEntry, ScriptedAnswer } from '../../../../../src/runtime/scripted/script';
import { gate, httpGet, sentenceOf } from '../../gateOf';

const subject = { progressDeadlineSeconds: 600 };
const serves = (at: string, answer: ScriptedAnswer): ScriptEntry => ({ at, http: { '8080': { '/healthz': answer } } });

/** Runs the gate on a pod that has only a readiness probe, so no probe ends a slow start. */
async function ready(app: readonly ScriptEntry[], container: object = {}) {
  const web = { name: 'web', image: 'web:1', readinessProbe: { httpGet, periodSeconds: 5 }, ...container };
  const { results } = await gate({
    spec: { containers: [web] },
    app: { web: app },
    subject,
    checks: ['ready-in-budget'],
  });
  const [answer] = results[0]?.answers ?? [];
  return {
    outcome: answer?.outcome,
    sentence: answer && sentenceOf(answer),
    field: answer?.field,
    spentMs: answer?.spentMs ?? 0,
  };
}

describe('check ready-in-budget with a long progressDeadlineSeconds', () => {
  test('fails after 2m of the same response if more time cannot change it', async () => {
    const found = await ready([serves('0s', 404)]);
    expect(found).toMatchObject({
      outcome: 'failed',
      sentence:
        'the pod does not become Ready: the readiness probe of web fails (HTTP probe failed with statuscode: 404). All attempts of the last 2m failed like this, and more time does not change that',
      field: 'spec.containers[0].readinessProbe',
    });
    expect(found.spentMs).toBeLessThan(140_000);
    expect(found.spentMs).toBeGreaterThanOrEqual(120_000);
  });

  test('fails for a sidecar too', async () => {
    const exporter = { name: 'exporter', image: 'exporter:1', restartPolicy: 'Always', readinessProbe: { httpGet } };
    const spec = { initContainers: [exporter], containers: [{ name: 'web', image: 'web:1' }] };
    const app = { exporter: [serves('0s', 404)], web: [] };
    const { results } = await gate({ spec, app, subject, checks: ['ready-in-budget'] });
    const [answer] = results[0]?.answers ?? [];
    expect(answer).toMatchObject({ outcome: 'failed', field: 'spec.initContainers[0].readinessProbe' });
    expect(answer?.spentMs).toBeLessThan(140_000);
  });

  test('counts from the first such response, not from the start', async () => {
    const found = await ready([serves('100s', 404)]);
    expect(found.outcome).toBe('failed');
    expect(found.spentMs).toBeGreaterThanOrEqual(220_000);
  });

  test.each([
    ['refuses connections', []],
    ['returns 503', [serves('0s', 503)]],
    ['returns 429', [serves('0s', 429)]],
    ['does not respond', [serves('0s', { status: 200, takes: 'forever' })]],
    ['returns 404 at first', [serves('0s', 404), serves('90s', 503)]],
  ] as const)('waits for an app that %s', async (_, app) => {
    expect(await ready([...app, serves('500s', 200)])).toMatchObject({ outcome: 'passed' });
    expect((await ready(app)).spentMs).toBeGreaterThanOrEqual(600_000);
  });

  test('waits as long as the startup probe allows', async () => {
    const startupProbe = { httpGet, periodSeconds: 10, failureThreshold: 30 };
    expect(await ready([serves('0s', 404), serves('280s', 200)], { startupProbe })).toMatchObject({
      outcome: 'passed',
    });
  });
});
