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
  "deleted, the pod drops requests: 49 of 50 requests dropped (GET /healthz on port 8080); web ends 0s after its stop signal, while clients still come; its readiness probe never says that it is going: have it fail from the stop signal on",
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
  "if clients come for 2500ms after the pod left the endpoints (--endpoint-removal-delay): without a preStop requests were dropped, with 1s some were, with 2s some were, and with 3s none was; the grace grows with it: 10s + 3s = 13s",
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
  "if clients come for 4s after the pod left the endpoints (--endpoint-removal-delay): with a preStop of 1s requests were dropped, with 2s some were, with 3s some were, with 4s none was, and with 5s none was; the grace grows with it: 10s + 3s = 13s",
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
      /without a preStop requests were dropped, with 1s none was.*; the grace grows with it: 10s \+ 1s = 11s$/,
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
    expect(sum).toContain('with 1s some were and with 2s none was');
  });
});
