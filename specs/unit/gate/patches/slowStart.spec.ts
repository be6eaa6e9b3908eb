import { describe, expect, test } from '@jest/globals';
import type { ScriptedAnswer } from '../../../../src/runtime/scripted/script';
import { failures, HEALTHY, httpGet, patchOf, pod, sentenceOf } from '../gateOf';

const sentences = async (...asked: Parameters<typeof failures>) => (await failures(...asked)).map(sentenceOf);

const answers = (path: string, answer: ScriptedAnswer) => ({ http: { '8080': { [path]: answer } } });

describe('check ready-in-budget with a slow start', () => {
  test('raises failureThreshold if the startup probe ends the start', async () => {
    const startupProbe = { httpGet, periodSeconds: 2, failureThreshold: 3 };
    const app = { web: [{ at: '9s', ...answers('/healthz', 200) }] };
    const slow = { spec: pod({ startupProbe }), app };
    expect(await sentences('ready-in-budget', slow)).toMatchInlineSnapshot(`
[
  "the pod does not become Ready: the kubelet killed web before it was up because its startup probe failed (Get "http://10.244.0.7:8080/healthz": dial tcp 10.244.0.7:8080: connect: connection refused)",
]
`);
    expect(await patchOf('ready-in-budget', slow)).toMatchInlineSnapshot(`
[
  "spec:
  containers:
    - name: web
      startupProbe:
        failureThreshold: 7
",
  "web took 9s to start. With a margin of 20%, it needs 2s × (7 − 1) = 12s.",
]
`);
  });

  test('adds a startup probe if the liveness probe ends the start', async () => {
    const app = { web: [{ at: '20s', ...answers('/healthz', 200) }] };
    const slow = { spec: pod(), app };
    expect(await sentences('ready-in-budget', slow)).toMatchInlineSnapshot(`
[
  "the pod does not become Ready: the kubelet killed web before it was up because its liveness probe failed (Get "http://10.244.0.7:8080/healthz": dial tcp 10.244.0.7:8080: connect: connection refused)",
]
`);
    expect(await patchOf('ready-in-budget', slow)).toMatchInlineSnapshot(`
[
  "spec:
  containers:
    - name: web
      startupProbe:
        httpGet:
          port: 8080
          path: /healthz
          scheme: HTTP
        periodSeconds: 5
        failureThreshold: 6
",
  "web took 20s to start. With a margin of 20%, it needs a startupProbe with the same check, periodSeconds: 5 and failureThreshold: 6, which allows 25s.",
]
`);
  });

  test('returns no patch if the path of the probe does not exist', async () => {
    const startupProbe = { httpGet: { port: 8080, path: '/wrong' }, periodSeconds: 1, failureThreshold: 3 };
    const wrong = { spec: pod({ startupProbe }), app: { web: HEALTHY } };
    expect(await sentences('ready-in-budget', wrong)).toMatchInlineSnapshot(`
[
  "the pod does not become Ready: the kubelet killed web before it was up because its startup probe failed (HTTP probe failed with statuscode: 404)",
]
`);
    expect(await patchOf('ready-in-budget', wrong)).toEqual([]);
  });
});

describe('patchSlowStart', () => {
  test('adds initialDelaySeconds to the time of the threshold', async () => {
    const startupProbe = { httpGet, initialDelaySeconds: 3, periodSeconds: 2, failureThreshold: 2 };
    const app = { web: [{ at: '9s', ...answers('/healthz', 200) }] };
    const [yaml, sum] = await patchOf('ready-in-budget', { spec: pod({ startupProbe }), app });
    expect(yaml).toContain('failureThreshold: 5');
    expect(sum).toBe('web took 9s to start. With a margin of 20%, it needs 3s + 2s × (5 − 1) = 11s.');
  });

  test('returns no patch for a container that does not start within 2m', async () => {
    const startupProbe = { httpGet, periodSeconds: 10, failureThreshold: 3 };
    const app = { web: [{ at: '130s', ...answers('/healthz', 200) }] };
    expect(await patchOf('ready-in-budget', { spec: pod({ startupProbe }), app })).toEqual([]);
  });

  test('returns no patch if the pod is not Ready with more time either', async () => {
    const startupProbe = { httpGet, periodSeconds: 2, failureThreshold: 3 };
    const readinessProbe = { httpGet: { port: 8080, path: '/readyz' }, periodSeconds: 1 };
    const app = { web: [{ at: '9s', ...answers('/healthz', 200) }] };
    expect(await patchOf('ready-in-budget', { spec: pod({ startupProbe, readinessProbe }), app })).toEqual([]);
  });
});
