import { expect, test } from '@jest/globals';
import type { Actor } from '../../../../src/gate/model/actor';
import type { ScriptedAnswer } from '../../../../src/runtime/scripted/script';
import { failures, HEALTHY, outcomes, pod, type Rehearsed, sentenceOf } from '../gateOf';

const sentences = async (...asked: Parameters<typeof failures>) => (await failures(...asked)).map(sentenceOf);

/** Returns the result of one check. */
async function told(check: string, rehearsed: Rehearsed): Promise<string | undefined> {
  return (await outcomes(rehearsed))[check];
}

const answers = (path: string, answer: ScriptedAnswer) => ({ http: { '8080': { [path]: answer } } });

const JOB = { restartPolicy: 'Never', containers: [{ name: 'web', image: 'web' }] };

test('hooks-run fails if the postStart hook fails and kills its container', async () => {
  const lifecycle = { postStart: { exec: { command: ['warm'] } } };
  const app = { web: [{ at: '0s', exec: { warm: 1 } }, ...HEALTHY] };
  const failing = { spec: pod({ lifecycle }), app };
  expect(await sentences('ready-in-budget', failing)).toMatchInlineSnapshot(`
[
  "the pod does not become Ready: the postStart hook of web failed, so the kubelet killed web",
]
`);
  expect(await sentences('hooks-run', failing)).toMatchInlineSnapshot(`
[
  "the postStart hook of web fails: its command exits with code 1",
]
`);
});

test('hooks-run fails if the preStop hook fails, but the shutdown passes', async () => {
  const lifecycle = { preStop: { exec: { command: ['leave'] } } };
  const app = { web: [{ at: '0s', exec: { leave: 1 } }, ...HEALTHY] };
  const failing = { spec: pod({ lifecycle }), app };
  expect(await sentences('hooks-run', failing)).toMatchInlineSnapshot(`
[
  "the preStop hook of web fails: its command exits with code 1",
]
`);
  expect(await told('terminates-in-grace', failing)).toMatchInlineSnapshot(
    `"passed: the deleted pod terminates after 1s, without SIGKILL"`,
  );
});

test('restart-policy passes if a pod with restartPolicy Never succeeds', async () => {
  expect(await told('restart-policy', { spec: JOB, app: { web: [{ at: '5s', exit: 0 }] } })).toMatchInlineSnapshot(
    `"passed: the pod succeeds after 5s"`,
  );
});

test('restart-policy fails if a pod with restartPolicy Never fails', async () => {
  expect(await told('restart-policy', { spec: JOB, app: { web: [{ at: '5s', exit: 2 }] } })).toMatchInlineSnapshot(
    `"failed: the pod does not succeed: the phase of the pod is Failed: web exited with 2. With restartPolicy Never, this pod retries nothing, but a Job creates another pod, up to its backoffLimit."`,
  );
});

test('restart-policy restarts a failed container under OnFailure', async () => {
  const app = {
    web: [
      { at: '5s', run: 1, exit: 2 },
      { at: '5s', run: '2+', exit: 0 },
    ],
  };
  const spec = { ...JOB, restartPolicy: 'OnFailure' };
  expect(await told('restart-policy', { spec, app })).toMatchInlineSnapshot(`"passed: the pod succeeds after 10s"`);
});

test('restart-policy returns notRun if the work takes long', async () => {
  expect(await told('restart-policy', { spec: JOB, app: { web: [] } })).toMatchInlineSnapshot(
    `"notRun: the pod still runs after 1m, and nothing limits its run. Set activeDeadlineSeconds."`,
  );
});

const OPEN = {
  web: [
    { at: '0s', ...answers('/healthz', 200), tcp: { '8080': 'open' as const }, onTerm: { exitAfter: '1s', code: 0 } },
  ],
};

test('recovers fails if an app starts only once', async () => {
  const app = { web: [{ at: '1s', run: 1, ...answers('/healthz', 200) }] };
  expect(await sentences('recovers', { spec: pod({ lifecycle: {} }), app })).toMatchInlineSnapshot(`
[
  "the pod is not Ready again after web hung: the readiness probe of web fails (Get "http://10.244.0.7:8080/healthz": dial tcp 10.244.0.7:8080: connect: connection refused)",
  "the pod is not Ready again after web crashed: the readiness probe of web fails (Get "http://10.244.0.7:8080/healthz": dial tcp 10.244.0.7:8080: connect: connection refused)",
]
`);
});

test('liveness-detects-crash never applies if no container is restarted', async () => {
  const spec = pod({ restartPolicy: 'Never' });
  expect(await told('liveness-detects-crash', { spec, app: OPEN })).toMatchInlineSnapshot(
    `"notApplicable: every container has its own restartPolicy, which prevents restarts"`,
  );
});

/** Runs an action on a pod while its database hangs. */
const withDatabase = (onHang: (actor: Actor) => Promise<void>) => (actor: Actor) =>
  Object.assign(actor, { service: () => ({ freeze: () => onHang(actor), thaw: async () => {} }) });

test('probe-independence injects a fault into a shared service while no other pod runs', async () => {
  const alive = new Set<Actor>();
  const aliveAtFault: number[] = [];
  const disguise = (actor: Actor) => {
    alive.add(actor);
    return Object.assign(withDatabase(async () => void aliveAtFault.push(alive.size))(actor), {
      remove: async () => void alive.delete(actor),
    });
  };
  const subject = { services: ['db', 'cache'] };
  await outcomes({ spec: pod(), app: OPEN, disguise, subject, parallel: 3 });
  expect(aliveAtFault).toEqual([1, 1]);
});
