import { expect, test } from '@jest/globals';
import type { Actor } from '../../../../src/gate/model/actor';
import type { ScriptedAnswer } from '../../../../src/runtime/scripted/script';
import { failures, HEALTHY, httpGet, outcomes, patchOf, pod, type Rehearsed, web } from '../gateOf';

const sentences = async (...asked: Parameters<typeof failures>) =>
  (await failures(...asked)).map(({ sentence }) => sentence);

/** What one check comes to. */
async function told(check: string, rehearsed: Rehearsed): Promise<string | undefined> {
  return (await outcomes(rehearsed))[check];
}

const answers = (path: string, answer: ScriptedAnswer) => ({ http: { '8080': { [path]: answer } } });

test('ready-in-budget: a start that its startup probe does not wait for', async () => {
  const startupProbe = { httpGet, periodSeconds: 2, failureThreshold: 3 };
  const app = { web: [{ at: '9s', ...answers('/healthz', 200) }] };
  const slow = { spec: pod({ startupProbe }), app };
  expect(await sentences('ready-in-budget', slow)).toMatchInlineSnapshot(`
[
  "the pod would not become Ready: web is killed by its own startup probe before it is up: Get "http://10.244.0.7:8080/healthz": dial tcp 10.244.0.7:8080: connect: connection refused",
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
  "web took 9 s to start; 2 s × (7 − 1) = 12 s hold that and a fifth more",
]
`);
});

test('ready-in-budget: a start that its liveness probe does not wait for', async () => {
  const app = { web: [{ at: '20s', ...answers('/healthz', 200) }] };
  const slow = { spec: pod(), app };
  expect(await sentences('ready-in-budget', slow)).toMatchInlineSnapshot(`
[
  "the pod would not become Ready: web is killed by its own liveness probe before it is up: Get "http://10.244.0.7:8080/healthz": dial tcp 10.244.0.7:8080: connect: connection refused",
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
  "web took 20 s to start, and a fifth more: a startupProbe with the same check, periodSeconds: 5 and failureThreshold: 6, which gives the start 25 s",
]
`);
});

test('ready-in-budget: a path that is not there is not waited for', async () => {
  const startupProbe = { httpGet: { port: 8080, path: '/wrong' }, periodSeconds: 1, failureThreshold: 3 };
  const wrong = { spec: pod({ startupProbe }), app: { web: HEALTHY } };
  expect(await sentences('ready-in-budget', wrong)).toMatchInlineSnapshot(`
[
  "the pod would not become Ready: web is killed by its own startup probe before it is up: HTTP probe failed with statuscode: 404",
]
`);
  expect(await patchOf('ready-in-budget', wrong)).toEqual([]);
});

test('ready-in-budget: answers that come too late', async () => {
  const app = { web: [{ at: '0s', ...answers('/healthz', { status: 200, takes: '1500ms' }) }] };
  const late = { spec: pod({ livenessProbe: undefined }), app };
  expect(await sentences('ready-in-budget', late)).toMatchInlineSnapshot(`
[
  "the pod would not become Ready: web runs, but its readiness probe fails: Get "http://10.244.0.7:8080/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
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
  "an answer took up to 1.5 s; 2 s hold that and a fifth more",
]
`);
});

test('ready-in-budget: an app that ends again and again', async () => {
  const app = { web: [{ at: '500ms', exit: 3 }] };
  expect(await sentences('ready-in-budget', { spec: pod(), app })).toMatchInlineSnapshot(`
[
  "the pod would not become Ready: web ends again and again, with exit code 3",
]
`);
});

test('ready-in-budget: a first try that fails is forgiven', async () => {
  const app = { web: [{ at: '500ms', run: 1, exit: 3 }, ...HEALTHY] };
  expect(await told('ready-in-budget', { spec: pod(), app })).toMatchInlineSnapshot(
    `"passed: the pod is Ready after 1.5 s"`,
  );
});

test('hooks-run: a postStart that fails kills its container', async () => {
  const lifecycle = { postStart: { exec: { command: ['warm'] } } };
  const app = { web: [{ at: '0s', exec: { warm: 1 } }, ...HEALTHY] };
  const failing = { spec: pod({ lifecycle }), app };
  expect(await sentences('ready-in-budget', failing)).toMatchInlineSnapshot(`
[
  "the pod would not become Ready: the postStart hook of web fails, which kills it",
]
`);
  expect(await sentences('hooks-run', failing)).toMatchInlineSnapshot(`
[
  "the postStart hook of web fails: command 'warm' exited with 1: , message: """,
]
`);
});

test('hooks-run: a preStop that fails is no matter of the grace', async () => {
  const lifecycle = { preStop: { exec: { command: ['leave'] } } };
  const app = { web: [{ at: '0s', exec: { leave: 1 } }, ...HEALTHY] };
  const failing = { spec: pod({ lifecycle }), app };
  expect(await sentences('hooks-run', failing)).toMatchInlineSnapshot(`
[
  "the preStop hook of web fails: command 'leave' exited with 1: , message: """,
]
`);
  expect(await told('terminates-in-grace', failing)).toMatchInlineSnapshot(
    `"passed: deleted, the pod is gone after 1 s, without SIGKILL"`,
  );
});

test('stays-ready: a liveness probe that fails after a while', async () => {
  const app = { web: [...HEALTHY, { at: '9s', ...answers('/healthz', 500) }] };
  expect(await sentences('stays-ready', { spec: pod(), app })).toMatchInlineSnapshot(`
[
  "left alone, the pod does not stay Ready: web runs, but its readiness probe fails: HTTP probe failed with statuscode: 500",
]
`);
});

test('stays-ready: what has begun to fail at the end is watched to its own', async () => {
  const app = { web: [...HEALTHY, { at: '18s', ...answers('/healthz', 500) }] };
  expect(await sentences('stays-ready', { spec: pod(), app })).toHaveLength(1);
});

test('stays-ready: what begins late is watched as long', async () => {
  const livenessProbe = { httpGet: { port: 8080, path: '/wrong' }, initialDelaySeconds: 30, periodSeconds: 5 };
  expect(
    await sentences('stays-ready', { spec: pod({ livenessProbe }), app: { web: HEALTHY } }),
  ).toMatchInlineSnapshot(`
[
  "left alone, the pod does not stay Ready: web would be killed by its own liveness probe: HTTP probe failed with statuscode: 404",
]
`);
});

test('stays-ready: an app that crashes', async () => {
  const app = { web: [...HEALTHY, { at: '9s', exit: 1 }] };
  expect(await sentences('stays-ready', { spec: pod(), app })).toMatchInlineSnapshot(`
[
  "left alone, the pod does not stay Ready: web ends by itself, with exit code 1",
]
`);
});

test('stays-ready: answers that are slower than the liveness probe waits', async () => {
  const livenessProbe = { httpGet: { port: 8080, path: '/slow' }, periodSeconds: 5 };
  const app = { web: [...HEALTHY, { at: '0s', ...answers('/slow', { status: 200, takes: '2s' }) }] };
  const slow = { spec: pod({ livenessProbe }), app };
  expect(await sentences('stays-ready', slow)).toMatchInlineSnapshot(`
[
  "left alone, the pod does not stay Ready: web would be killed by its own liveness probe: Get "http://10.244.0.7:8080/slow": context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
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
  "an answer took up to 2 s; 3 s hold that and a fifth more",
]
`);
});

const WORK = { containers: [{ name: 'web', image: 'web' }] };

test('restart-policy: work that ends under Always', async () => {
  const app = { web: [{ at: '5s', exit: 0 }] };
  const [failure, ...others] = await failures('restart-policy', { spec: WORK, app });
  expect(others).toEqual([]);
  expect(failure?.cause).toBe('job-under-always');
  expect(failure?.sentence).toMatchInlineSnapshot(
    `"web does its work and ends, and would be started again for ever: restartPolicy Always is for what keeps running; a Job with OnFailure or Never is for what ends"`,
  );
});

test('stays-ready: a server that exits with 0 is no Job', async () => {
  const app = { web: [...HEALTHY, { at: '5s', exit: 0 }] };
  expect(await sentences('restart-policy', { spec: pod(), app })).toEqual([]);
  expect(await sentences('stays-ready', { spec: pod(), app })).toMatchInlineSnapshot(`
[
  "left alone, the pod does not stay Ready: web ends by itself, with exit code 0",
]
`);
});

test('stays-ready: what a Service selects is no Job, although it has no probe', async () => {
  const app = { web: [{ at: '5s', exit: 0 }] };
  const subject = { backend: { publishNotReadyAddresses: false, targetPort: 8080 } };
  expect(await sentences('stays-ready', { spec: WORK, app, subject })).toHaveLength(1);
});

test('ready-in-budget: a server that exits with 0 before the pod is Ready', async () => {
  const app = { web: [{ at: '500ms', exit: 0 }] };
  expect(await sentences('ready-in-budget', { spec: pod(), app })).toMatchInlineSnapshot(`
[
  "the pod would not become Ready: web exits by itself, with exit code 0",
]
`);
});

const JOB = { restartPolicy: 'Never', containers: [{ name: 'web', image: 'web' }] };

test('restart-policy: a pod that is meant to end does', async () => {
  expect(await told('restart-policy', { spec: JOB, app: { web: [{ at: '5s', exit: 0 }] } })).toMatchInlineSnapshot(
    `"passed: the pod does its work and succeeds after 5 s"`,
  );
});

test('restart-policy: a pod that is meant to end fails', async () => {
  expect(await told('restart-policy', { spec: JOB, app: { web: [{ at: '5s', exit: 2 }] } })).toMatchInlineSnapshot(
    `"failed: the pod would not succeed: the pod's phase is Failed: web exited with 2 (under Never nothing is tried again in this pod: a Job makes another, up to its backoffLimit)"`,
  );
});

test('restart-policy: a pod that is meant to end is tried again under OnFailure', async () => {
  const app = {
    web: [
      { at: '5s', run: 1, exit: 2 },
      { at: '5s', run: '2+', exit: 0 },
    ],
  };
  const spec = { ...JOB, restartPolicy: 'OnFailure' };
  expect(await told('restart-policy', { spec, app })).toMatchInlineSnapshot(
    `"passed: the pod does its work and succeeds after 10 s"`,
  );
});

test('restart-policy: of work that only takes long nothing is said', async () => {
  expect(await told('restart-policy', { spec: JOB, app: { web: [] } })).toMatchInlineSnapshot(
    `"notRun: the pod is still at work after 1 m, and nothing says how long it may be: set activeDeadlineSeconds"`,
  );
});

test('terminates-in-grace: an end that takes longer', async () => {
  const app = { web: [{ at: '0s', ...answers('/healthz', 200), onTerm: { exitAfter: '6s', code: 0 } }] };
  const slow = { spec: { ...pod(), terminationGracePeriodSeconds: 5 }, app };
  expect(await sentences('terminates-in-grace', slow)).toMatchInlineSnapshot(`
[
  "deleted, the pod does not end by itself: web killed with SIGKILL: it still ran 3 s after SIGTERM",
]
`);
  expect(await patchOf('terminates-in-grace', slow)).toMatchInlineSnapshot(`
[
  "spec:
  terminationGracePeriodSeconds: 10
",
  "its end took 8 s; 10 s hold that and a fifth more",
]
`);
});

test('terminates-in-grace: a preStop that takes longer', async () => {
  const lifecycle = { preStop: { exec: { command: ['leave'] } } };
  const app = { web: [{ at: '0s', exec: { leave: { takes: '8s' } } }, ...HEALTHY] };
  const slow = { spec: { ...pod({ lifecycle }), terminationGracePeriodSeconds: 5 }, app };
  expect(await sentences('terminates-in-grace', slow)).toMatchInlineSnapshot(`
[
  "deleted, the pod does not end by itself: the preStop hook of web still running: the grace period was over before it ended",
]
`);
  expect(await told('hooks-run', slow)).toMatchInlineSnapshot(
    `"notRun: the preStop hook of web was still running when the grace was over: see terminates-in-grace"`,
  );
  expect(await patchOf('terminates-in-grace', slow)).toMatchInlineSnapshot(`
[
  "spec:
  terminationGracePeriodSeconds: 11
",
  "its end took 9 s; 11 s hold that and a fifth more",
]
`);
});

test('terminates-in-grace: no grace helps what ignores its stop signal', async () => {
  const app = { web: [{ at: '0s', ...answers('/healthz', 200), onTerm: { ignore: true } }] };
  const deaf = { spec: pod(), app };
  expect(await sentences('terminates-in-grace', deaf)).toMatchInlineSnapshot(`
[
  "deleted, the pod does not end by itself: web killed with SIGKILL: it still ran 8 s after SIGTERM",
]
`);
  expect(await patchOf('terminates-in-grace', deaf)).toEqual([]);
});

test('drains: an app that goes at once', async () => {
  const app = { web: [{ at: '0s', ...answers('/healthz', 200), onTerm: { exitAfter: '0s', code: 0 } }] };
  const hasty = { spec: pod({ lifecycle: {} }), app, subject: { endpointRemovalDelay: '2500ms' as const } };
  expect(await sentences('drains', hasty)).toMatchInlineSnapshot(`
[
  "deleted, the pod drops requests: 49 of 50 requests dropped (GET /healthz on port 8080); web ends 0 ms after its stop signal, while clients still come; its readiness probe never says that it is going: have it fail from the stop signal on",
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
  "if clients come for 2500ms after the pod left the endpoints (--endpoint-removal-delay): without a preStop requests were dropped, with 1 s some were, with 2 s some were, and with 3 s none was; the grace grows with it: 10 s + 3 s = 13 s",
]
`);
});

test('drains: no sleep is proposed to a Kubernetes that knows none', async () => {
  const app = { web: [{ at: '0s', ...answers('/healthz', 200), onTerm: { exitAfter: '0s', code: 0 } }] };
  const subject = { kubernetesVersion: '1.28' };
  expect(await patchOf('drains', { spec: pod({ lifecycle: {} }), app, subject })).toEqual([]);
});

test('drains: a preStop that sleeps too little', async () => {
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
  "if clients come for 4s after the pod left the endpoints (--endpoint-removal-delay): with a preStop of 1 s requests were dropped, with 2 s some were, with 3 s some were, with 4 s none was, and with 5 s none was; the grace grows with it: 10 s + 3 s = 13 s",
]
`);
});

test('drains: each port that readiness or a Service names is asked', async () => {
  const admin = {
    ...web({ lifecycle: {} }),
    name: 'admin',
    ports: [{ containerPort: 9090 }],
    readinessProbe: { httpGet: { port: 9090, path: '/healthz' } },
    livenessProbe: undefined,
  };
  const spec = { terminationGracePeriodSeconds: 10, containers: [web(), admin] };
  const app = {
    web: HEALTHY,
    admin: [{ at: '1s', http: { '9090': { '/healthz': 200 } }, onTerm: { exitAfter: '0s', code: 0 } }],
  };
  expect(await sentences('drains', { spec, app })).toMatchInlineSnapshot(`
[
  "deleted, the pod drops requests: 9 of 20 requests dropped (GET /healthz on port 8080 and GET /healthz on port 9090); admin ends 0 ms after its stop signal, while clients still come; its readiness probe never says that it is going: have it fail from the stop signal on",
]
`);
});

test('drains: a Service that sends until the pod is gone', async () => {
  const subject = { backend: { publishNotReadyAddresses: true } };
  expect(await told('drains', { spec: pod(), app: { web: HEALTHY }, subject })).toMatchInlineSnapshot(
    `"notApplicable: its Service has publishNotReadyAddresses, and sends to it until it is gone, whatever readiness says"`,
  );
});

test('drains: nothing is known to ask of a pod without an HTTP probe', async () => {
  const readinessProbe = { tcpSocket: { port: 8080 }, periodSeconds: 1 };
  const app = { web: [{ at: '0s', tcp: { '8080': 'open' as const } }] };
  expect(await told('drains', { spec: pod({ readinessProbe, livenessProbe: undefined }), app })).toMatchInlineSnapshot(
    `"notApplicable: no Service selects the pod, and no readiness probe shows a port that clients use"`,
  );
});

const OPEN = {
  web: [
    { at: '0s', ...answers('/healthz', 200), tcp: { '8080': 'open' as const }, onTerm: { exitAfter: '1s', code: 0 } },
  ],
};

test('readiness-leaves-endpoints: a readiness probe that takes a hang for health', async () => {
  const readinessProbe = { tcpSocket: { port: 8080 }, periodSeconds: 1 };
  expect(
    await sentences('readiness-leaves-endpoints', { spec: pod({ readinessProbe }), app: OPEN }),
  ).toMatchInlineSnapshot(`
[
  "when web hangs, the pod goes on getting requests: its readiness probe still succeeds, as the kernel takes the connections of a process that stands still; ask it by httpGet",
]
`);
});

test('readiness-leaves-endpoints: a readiness probe that liveness is quicker than', async () => {
  const spec = pod({ readinessProbe: { httpGet, periodSeconds: 60 }, livenessProbe: { httpGet, periodSeconds: 1 } });
  expect(await told('readiness-leaves-endpoints', { spec, app: OPEN })).toMatchInlineSnapshot(
    `"passed: when web hangs, the pod leaves the endpoints after 14 s, when its liveness probe has it restarted: readiness comes later"`,
  );
});

test('readiness-leaves-endpoints: a Service that sends whatever readiness says', async () => {
  const subject = { backend: { publishNotReadyAddresses: true } };
  expect(await told('readiness-leaves-endpoints', { spec: pod(), app: OPEN, subject })).toMatchInlineSnapshot(
    `"notApplicable: its Service has publishNotReadyAddresses, and sends to it until it is gone, whatever readiness says"`,
  );
});

test('recovers: a pod that nothing restarts when it hangs is Ready again when it goes on', async () => {
  expect(await told('recovers', { spec: pod({ livenessProbe: undefined }), app: OPEN })).toMatchInlineSnapshot(
    `"passed: 0 ms after web hung, the pod is Ready again; 0 ms after web crashed, the pod is Ready again"`,
  );
});

test('recovers: an app that comes up only once', async () => {
  const app = { web: [{ at: '1s', run: 1, ...answers('/healthz', 200) }] };
  expect(await sentences('recovers', { spec: pod({ lifecycle: {} }), app })).toMatchInlineSnapshot(`
[
  "the pod is not Ready again after web hung: web runs, but its readiness probe fails: Get "http://10.244.0.7:8080/healthz": dial tcp 10.244.0.7:8080: connect: connection refused",
  "the pod is not Ready again after web crashed: web runs, but its readiness probe fails: Get "http://10.244.0.7:8080/healthz": dial tcp 10.244.0.7:8080: connect: connection refused",
]
`);
});

test('startup-gates: a start that is slower than usual', async () => {
  const startupProbe = { httpGet, periodSeconds: 1, failureThreshold: 20 };
  expect(await told('startup-gates', { spec: pod({ startupProbe }), app: { web: HEALTHY } })).toMatchInlineSnapshot(
    `"passed: a start of web that takes 9.5 s longer is waited for"`,
  );
});

test('startup-gates: a startup probe that asks nothing of the app', async () => {
  const startupProbe = { exec: { command: ['true'] }, periodSeconds: 1, failureThreshold: 20 };
  expect(await told('startup-gates', { spec: pod({ startupProbe }), app: { web: HEALTHY } })).toMatchInlineSnapshot(
    `"notApplicable: web was up before it could be slowed down, or its startup probe asks nothing of it"`,
  );
});

test('startup-gates: an app that itself takes most of what its startup probe allows', async () => {
  const startupProbe = { httpGet, periodSeconds: 1, failureThreshold: 20 };
  const app = { web: [{ at: '1m', ...answers('/healthz', 200) }] };
  expect(
    await told('startup-gates', { spec: pod({ startupProbe }), app, checks: ['startup-gates'] }),
  ).toMatchInlineSnapshot(
    `"notApplicable: web itself takes more than half of what its startup probe allows: a start that is 9.5 s slower is beyond that"`,
  );
});

test('startup-gates: an app that does not survive a slow start', async () => {
  const startupProbe = { httpGet, periodSeconds: 1, failureThreshold: 40 };
  const app = { web: [{ at: '12s', exit: 1 }] };
  const rehearsed: Rehearsed = { spec: pod({ startupProbe }), app, checks: ['startup-gates'] };
  expect(await sentences('startup-gates', rehearsed)).toMatchInlineSnapshot(`
[
  "a start of web that takes 19.5 s longer fails: web ends again and again, with exit code 1",
]
`);
});

const CACHE = { name: 'cache', image: 'cache' };

test('probe-independence: a neighbour hangs, and its neighbours do not mind', async () => {
  const spec = { ...pod(), containers: [web(), CACHE] };
  expect(await told('probe-independence', { spec, app: OPEN })).toMatchInlineSnapshot(
    `"passed: while web hangs, cache is left alone; while cache hangs, web is left alone"`,
  );
});

/** A pod whose web answers nothing while its cache hangs. */
function dependent(actor: Actor): Actor {
  const both = (act: 'freeze' | 'thaw') => async () => {
    await actor.container('cache')[act]();
    await actor.container('web')[act]();
  };
  return new Proxy(actor, {
    get(target, key) {
      if (key === 'container') {
        return (name: string) =>
          name === 'cache'
            ? { freeze: both('freeze'), thaw: both('thaw'), kill: async () => {} }
            : target.container(name);
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

test('probe-independence: a liveness probe that asks a neighbour', async () => {
  const spec = { ...pod(), containers: [web(), CACHE] };
  const asked: Rehearsed = { spec, app: OPEN, disguise: dependent, checks: ['probe-independence'] };
  expect(await sentences('probe-independence', asked)).toMatchInlineSnapshot(`
[
  "web would be restarted whenever cache hangs: its liveness probe asks for more than web itself",
]
`);
});

/** A pod that talks to a database, while which hangs something is done to it. */
const withDatabase = (onHang: (actor: Actor) => Promise<void>) => (actor: Actor) =>
  Object.assign(actor, { service: () => ({ freeze: () => onHang(actor), thaw: async () => {} }) });

test('probe-independence: a service hangs, and the pod waits for it', async () => {
  const disguise = withDatabase(async () => {});
  expect(
    await told('probe-independence', { spec: pod(), app: OPEN, disguise, subject: { services: ['db'] } }),
  ).toMatchInlineSnapshot(`"passed: while the service db hangs, web is left alone"`);
});

test('probe-independence: a fault on a shared service runs while no other pod does', async () => {
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

test('probe-independence: an app that ends when a service hangs', async () => {
  const disguise = withDatabase((actor) => actor.container('web').kill());
  expect(
    await sentences('probe-independence', { spec: pod(), app: OPEN, disguise, subject: { services: ['db'] } }),
  ).toMatchInlineSnapshot(`
[
  "web would go down whenever the service db hangs: web ended by itself, with exit code 137",
]
`);
});

test('liveness-detects-crash: a container that is not to be restarted is not asked', async () => {
  const spec = pod({ restartPolicy: 'Never' });
  expect(await told('liveness-detects-crash', { spec, app: OPEN })).toMatchInlineSnapshot(
    `"notApplicable: no container is restarted: each has a restartPolicy of its own that says so"`,
  );
});

test('init-order: tells how long each takes', async () => {
  const spec = {
    ...pod(),
    initContainers: [
      { name: 'migrate', image: 'x' },
      { name: 'seed', image: 'x' },
    ],
  };
  const app = { ...OPEN, migrate: [{ at: '2s', exit: 0 }], seed: [{ at: '1s', exit: 0 }] };
  expect(await told('init-order', { spec, app })).toMatchInlineSnapshot(
    `"passed: the init containers are done one after the other: migrate after 2 s and seed after 3 s"`,
  );
});

test('stays-ready: a process that the kernel kills at the memory limit', async () => {
  const resources = { limits: { memory: '64Mi' } };
  const app = { web: [...HEALTHY, { at: '5s', oomKill: 'child' as const }] };
  expect(await sentences('stays-ready', { spec: pod({ resources }), app })).toEqual([
    'left alone, the pod does not stay Ready: web was OOMKilled: the kernel killed a process that the container engine does not name at the memory limit of 64Mi',
  ]);
});

test('stays-ready: a readiness probe that fails for a while, and succeeds again', async () => {
  const down = (at: number) => [
    { at: `${at}s`, http: { '8080': { '/readyz': 503 } } },
    { at: `${at + 4}s`, http: { '8080': { '/readyz': 200 } } },
  ];
  const readinessProbe = { httpGet: { port: 8080, path: '/readyz' }, periodSeconds: 1, failureThreshold: 2 };
  const app = { web: [{ at: '0s', http: { '8080': { '/healthz': 200, '/readyz': 200 } } }, ...down(6), ...down(14)] };
  const [failed] = await failures('stays-ready', { spec: pod({ readinessProbe }), app });
  expect(failed).toMatchObject({
    cause: 'readiness-flaps',
    sentence:
      'left alone, the pod does not stay Ready: the readiness probe of web flaps: it failed 1 time and succeeded again, although nothing happened to the pod: HTTP probe failed with statuscode: 503',
  });
});
