import { describe, expect, test } from '@jest/globals';
import type { Actor } from '../../../../src/gate/model/actor';
import type { ScriptedAnswer } from '../../../../src/runtime/scripted/script';
import { asked, writable } from '../../timeline/events';
import { failures, patchOf, pod, sentenceOf } from '../gateOf';

const sentences = async (...asked: Parameters<typeof failures>) => (await failures(...asked)).map(sentenceOf);

const answers = (path: string, answer: ScriptedAnswer) => ({ http: { '8080': { [path]: answer } } });

describe('check drains with a patch', () => {
  test('adds a preStop sleep if the app exits before its clients stop', async () => {
    const app = { web: [{ at: '0s', ...answers('/healthz', 200), onTerm: { exitAfter: '0s', code: 0 } }] };
    const hasty = { spec: pod({ lifecycle: {} }), app, subject: { endpointRemovalDelay: '2500ms' as const } };
    expect(await sentences('drains', hasty)).toMatchInlineSnapshot(`
[
  "the deleted pod drops requests: 49 of 50 requests dropped (GET /healthz on port 8080). web exits 0s after its stop signal, while clients still send requests. The readiness probe does not fail after the stop signal.",
]
`);
    expect(await patchOf('drains', hasty)).toMatchInlineSnapshot(`
[
  "spec:
  containers:
    - name: web
      lifecycle:
        preStop:
          sleep:
            seconds: 3
  terminationGracePeriodSeconds: 13
",
  "requests were dropped without a preStop hook, with a preStop sleep of 1s, and with a preStop sleep of 2s, but not with a preStop sleep of 3s. The grace period grows with the sleep: 10s + 3s = 13s. The result assumes that clients send requests for 2500ms after the pod leaves the endpoints (--endpoint-removal-delay).",
]
`);
  });

  test('returns no sleep for Kubernetes 1.28, which does not support it', async () => {
    const app = { web: [{ at: '0s', ...answers('/healthz', 200), onTerm: { exitAfter: '0s', code: 0 } }] };
    const subject = { kubernetesVersion: '1.28' };
    expect(await patchOf('drains', { spec: pod({ lifecycle: {} }), app, subject })).toEqual([]);
  });

  test('lengthens a preStop sleep that is too short', async () => {
    const app = { web: [{ at: '0s', ...answers('/healthz', 200), onTerm: { exitAfter: '0s', code: 0 } }] };
    const lifecycle = { preStop: { sleep: { seconds: 1 } } };
    const hasty = { spec: pod({ lifecycle }), app, subject: { endpointRemovalDelay: '4s' as const } };
    expect(await patchOf('drains', hasty)).toMatchInlineSnapshot(`
[
  "spec:
  containers:
    - name: web
      lifecycle:
        preStop:
          sleep:
            seconds: 4
  terminationGracePeriodSeconds: 13
",
  "requests were dropped with a preStop sleep of 1s, with a preStop sleep of 2s, and with a preStop sleep of 3s, but not with a preStop sleep of 4s and with a preStop sleep of 5s. The grace period grows with the sleep: 10s + 3s = 13s. The result assumes that clients send requests for 4s after the pod leaves the endpoints (--endpoint-removal-delay).",
]
`);
  });
});

describe('patchDrain', () => {
  const hasty = { at: '0s' as const, ...answers('/healthz', 200), onTerm: { exitAfter: '0s' as const, code: 0 } };

  test('keeps a preStop hook that does not sleep', async () => {
    const lifecycle = { preStop: { exec: { command: ['leave'] } } };
    const app = { web: [{ ...hasty, exec: { leave: 0 } }] };
    expect(await patchOf('drains', { spec: pod({ lifecycle }), app })).toEqual([]);
  });

  test('keeps the postStart hook of the container', async () => {
    const lifecycle = { postStart: { exec: { command: ['warm'] } } };
    const app = { web: [{ ...hasty, exec: { warm: 0 } }] };
    const subject = { endpointRemovalDelay: '500ms' as const };
    const [yaml, sum] = await patchOf('drains', { spec: pod({ lifecycle }), app, subject });
    expect(yaml).toContain('seconds: 1');
    expect(sum).toMatch(
      /dropped without a preStop hook, but not with a preStop sleep of 1s\. The grace period grows with the sleep: 10s \+ 1s = 11s\./,
    );
  });

  test('adds one second if the confirming run still drops requests', async () => {
    const lifecycle = { postStart: { exec: { command: ['warm'] } } };
    let tries = 0;
    const disguise = (actor: Actor) => {
      const isTry = actor.pod.spec.containers[0]?.lifecycle?.preStop?.sleep?.seconds === 1;
      if (isTry) tries += 1;
      if (!isTry || tries !== 2) return actor;
      const remove = actor.delete.bind(actor);
      return Object.assign(actor, {
        delete: async () => {
          await remove();
          writable(actor.timeline).append(asked(actor.timeline.now / 1_000, 'connection refused'));
        },
      });
    };
    const app = { web: [{ ...hasty, exec: { warm: 0 } }] };
    const subject = { endpointRemovalDelay: '500ms' as const };
    const [yaml, sum] = await patchOf('drains', { spec: pod({ lifecycle }), app, subject, disguise });
    expect(yaml).toContain('seconds: 2');
    expect(sum).toContain('with a preStop sleep of 1s, but not with a preStop sleep of 2s');
  });
});
