import { describe, expect, test } from '@jest/globals';
import type { ScriptedAnswer } from '../../../../src/runtime/scripted/script';
import { failures, HEALTHY, httpGet, patchOf, pod, sentenceOf } from '../gateOf';

const sentences = async (...asked: Parameters<typeof failures>) => (await failures(...asked)).map(sentenceOf);

const answers = (path: string, answer: ScriptedAnswer) => ({ http: { '8080': { [path]: answer } } });

describe('check ready-in-budget with slow responses', () => {
  test('raises timeoutSeconds if responses are slower than the readiness timeout', async () => {
    const app = { web: [{ at: '0s', ...answers('/healthz', { status: 200, takes: '1500ms' }) }] };
    const late = { spec: pod({ livenessProbe: undefined }), app };
    expect(await sentences('ready-in-budget', late)).toMatchInlineSnapshot(`
[
  "the pod does not become Ready: the readiness probe of web fails (Get "http://10.244.0.7:8080/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers))",
]
`);
    expect(await patchOf('ready-in-budget', late)).toMatchInlineSnapshot(`
[
  "spec:
  containers:
    - name: web
      readinessProbe:
        timeoutSeconds: 2
        periodSeconds: 2
",
  "a response took up to 1.5s. With a margin of 20%, it needs 2s.",
]
`);
  });
});

describe('check stays-ready with slow responses', () => {
  test('raises timeoutSeconds if responses are slower than the liveness timeout', async () => {
    const livenessProbe = { httpGet: { port: 8080, path: '/slow' }, periodSeconds: 5 };
    const app = { web: [...HEALTHY, { at: '0s', ...answers('/slow', { status: 200, takes: '2s' }) }] };
    const slow = { spec: pod({ livenessProbe }), app };
    expect(await sentences('stays-ready', slow)).toMatchInlineSnapshot(`
[
  "the undisturbed pod does not stay Ready: the liveness probe of web fails and restarts it: Get "http://10.244.0.7:8080/slow": context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
]
`);
    expect(await patchOf('stays-ready', slow)).toMatchInlineSnapshot(`
[
  "spec:
  containers:
    - name: web
      livenessProbe:
        timeoutSeconds: 3
",
  "a response took up to 2s. With a margin of 20%, it needs 3s.",
]
`);
  });
});

describe('patchSlowAnswer', () => {
  const late = (takes: `${number}ms`, readinessProbe: object = {}) => ({
    spec: pod({ livenessProbe: undefined, readinessProbe: { httpGet, periodSeconds: 1, ...readinessProbe } }),
    app: { web: [{ at: '0s' as const, ...answers('/healthz', { status: 200, takes }) }] },
  });

  test('keeps a period that is not shorter than the new timeout', async () => {
    const [yaml] = await patchOf('ready-in-budget', late('1500ms', { periodSeconds: 10 }));
    expect(yaml).toContain('timeoutSeconds: 2');
    expect(yaml).not.toContain('periodSeconds');
  });

  test('adds 20% to the measured time', async () => {
    const [yaml, sum] = await patchOf('ready-in-budget', late('5000ms', { periodSeconds: 10 }));
    expect(yaml).toContain('timeoutSeconds: 6');
    expect(sum).toBe('a response took up to 5s. With a margin of 20%, it needs 6s.');
  });

  test('returns no patch for responses that take longer than 30s', async () => {
    expect(await patchOf('ready-in-budget', late('31000ms', { periodSeconds: 10 }))).toEqual([]);
  });

  test('returns no patch if the probe fails for another reason than its timeout', async () => {
    const refused = { ...late('1500ms'), app: { web: [{ at: '0s' as const, ...answers('/healthz', 503) }] } };
    expect(await patchOf('ready-in-budget', refused)).toEqual([]);
  });
});
