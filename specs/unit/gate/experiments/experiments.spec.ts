import { describe, expect, test } from '@jest/globals';
import { makePending } from '../../../../src/assertions/assertionResult';
import { experimentsFor } from '../../../../src/gate/experiments/catalog';
import { toGateResult } from '../../../../src/gate/gateResult';
import type { Actor } from '../../../../src/gate/model/actor';
import type { CheckId } from '../../../../src/gate/model/checks';
import type { Step } from '../../../../src/gate/model/experiment';
import type { Subject } from '../../../../src/gate/model/subject';
import type { CheckResult, Evidence } from '../../../../src/gate/model/targetResult';
import { simulatePod } from '../../../../src/pod/simulated/simulatePod';
import type { ScriptEntry, ScriptedAnswer } from '../../../../src/runtime/scripted/script';
import type { ContainerProcess, Event, EventOf } from '../../../../src/timeline/event';
import type { CauseId } from '../../../../src/timeline/failureCause';
import { CAUSES } from '../../../../src/wording/causes';
import { asked, probed, published, s, timelineOf, writable } from '../../timeline/events';
import { gate, HEALTHY, httpGet, pod, type Rehearsed, web } from '../gateOf';

/** A pod that fails a check for exactly one cause. */
interface Case extends Omit<Rehearsed, 'spec' | 'app'> {
  readonly check: CheckId;
  /** Fields of its container, which is otherwise correct. */
  readonly container?: object;
  readonly spec?: object;
  readonly app?: readonly ScriptEntry[];
}

/** Events that one check observes. Scripts cannot produce them. */
interface Observed extends Partial<Omit<Evidence, 'timeline'>> {
  readonly check: CheckId;
  readonly container?: object;
  readonly services?: readonly string[];
  readonly events?: readonly Event[];
}

const on = (at: string, paths: Readonly<Record<string, ScriptedAnswer>>, port = '8080'): ScriptEntry => ({
  at,
  http: { [port]: paths },
});
const OK = { '/': 200, '/healthz': 200 };
const NO_LIVENESS = { livenessProbe: undefined };
const CLIENTS = { backend: { publishNotReadyAddresses: false, targetPort: 8080, ports: [{ targetPort: 8080 }] } };
const startup = (probe: object) => ({ startupProbe: { ...probe, periodSeconds: 1, failureThreshold: 3 } });
const exec = (command: string) => ({ exec: { command: [command] } });
const TCP = { tcpSocket: { port: 8080 }, periodSeconds: 1 };
const listens = [{ ...on('0s', OK), tcp: { '8080': 'open' as const } }];
const stubborn = [{ ...on('0s', OK), onTerm: { ignore: true } }];

const process = (pid: number, args: string, more: Partial<ContainerProcess> = {}): ContainerProcess => {
  return { pid, ppid: pid === 1 ? 0 : 1, args, catches: [], ignores: [], blocks: [], session: 1, ...more };
};
const looks = (...left: readonly ContainerProcess[]) =>
  [[left[0]], left].map((more, index) => ({
    container: 'web',
    at: s(index * 20),
    processes: [process(1, 'web'), ...more.filter((one) => one !== undefined)],
  }));

/** Adds an observed event after the first event of that kind, because a script has neither processes nor sockets. */
function showing(
  kind: Event['kind'],
  seen: Omit<EventOf<'ProcessesSeen'>, 'at'> | Omit<EventOf<'ListenersSeen'>, 'at'>,
) {
  return (actor: Actor): Actor => {
    const timeline = writable(actor.timeline);
    const append = timeline.append.bind(timeline);
    timeline.append = (event) => {
      append(event);
      if (event.kind === kind) append({ ...seen, at: event.at } as Event);
    };
    return actor;
  };
}

const opened = (...addresses: readonly string[]) =>
  showing('Started', { source: 'runtime', kind: 'ListenersSeen', container: 'web', addresses });
const terminating = (...processes: readonly ContainerProcess[]) =>
  showing('SignalSent', {
    source: 'runtime',
    kind: 'ProcessesSeen',
    container: 'web',
    id: 'c1',
    attempt: 0,
    stopSignal: 'SIGTERM',
    signalled: true,
    isPID1: true,
    processes,
  });

/** Runs an action on the pod while the service hangs. */
const whenServiceHangs = (onHang: (actor: Actor) => Promise<void>) => (actor: Actor) =>
  Object.assign(actor, { service: () => ({ freeze: () => onHang(actor), thaw: async () => {} }) });

const ready = (check: CheckId, container: object, ...app: readonly ScriptEntry[]): Case => ({ check, container, app });
const budget = (container: object, ...app: readonly ScriptEntry[]) => ready('ready-in-budget', container, ...app);

const request = (at: number, took: number): Event => ({
  at: s(at + took),
  source: 'runtime',
  kind: 'RequestFinished',
  port: 8080,
  path: '/',
  sentAt: s(at),
  status: 200,
});
const attempt = (at: number, took: number): Event =>
  ({ ...probed(at, 'readiness', 'Success', 1), tookMs: took * 1_000 }) as Event;

const GATED: Readonly<Partial<Record<CauseId, Case>>> = {
  'liveness-on-dependency': {
    check: 'probe-independence',
    subject: { services: ['db'] },
    disguise: whenServiceHangs((actor) => actor.container('web').freeze()),
  },
  'exits-on-dependency': {
    check: 'probe-independence',
    subject: { services: ['db'] },
    disguise: whenServiceHangs((actor) => actor.container('web').kill()),
  },
  'shell-does-not-forward': {
    check: 'terminates-in-grace',
    app: stubborn,
    disguise: terminating(process(1, 'sh start.sh'), process(7, 'server')),
  },
  'ignores-stop-signal': { check: 'terminates-in-grace', app: stubborn, disguise: terminating(process(1, 'server')) },
  'shutdown-longer-than-grace': {
    check: 'terminates-in-grace',
    app: [{ ...on('0s', OK), onTerm: { exitAfter: '20s', code: 0 } }],
    disguise: terminating(process(1, 'server', { catches: ['SIGTERM'] })),
  },
  'prestop-exceeds-grace': ready(
    'terminates-in-grace',
    { lifecycle: { preStop: exec('drain') } },
    { ...on('0s', OK), exec: { drain: { takes: '60s' } } },
  ),
  'stops-before-clients': {
    ...ready('drains', { lifecycle: undefined }, { ...on('0s', OK), onTerm: { exitAfter: '0s', code: 0 } }),
    subject: CLIENTS,
  },
  'fails-requests-after-signal': {
    ...ready(
      'drains',
      { lifecycle: undefined },
      { ...on('0s', OK), onTerm: { exitAfter: '6s', code: 0, http: { '8080': { '/': 503 } } } },
    ),
    subject: CLIENTS,
  },
  'start-longer-than-probe': budget(startup({ httpGet }), on('20s', OK)),
  'bound-to-localhost': { ...budget(startup({ httpGet })), disguise: opened('127.0.0.1:8080') },
  'nothing-listens': { ...budget(startup({ httpGet })), disguise: opened('0.0.0.0:3000') },
  'probe-path-not-found': budget(startup({ httpGet }), on('0s', { '/': 200 })),
  'probe-host-refused': budget(startup({ httpGet }), on('0s', { '/healthz': 400 })),
  'probe-rejected': budget(startup({ httpGet }), on('0s', { '/healthz': 401 })),
  'unknown-port': budget({ readinessProbe: { httpGet: { ...httpGet, port: 'admin' } } }, ...HEALTHY),
  'probe-timeout': budget(NO_LIVENESS, on('0s', { '/healthz': { status: 200, takes: '1500ms' } })),
  'exec-program-missing': budget(
    { ...NO_LIVENESS, readinessProbe: exec('curl') },
    { at: '0s', exec: { curl: { code: 127, stderr: 'sh: curl: not found' } } },
  ),
  'grpc-service-unknown': budget(startup({ grpc: { port: 8080, service: 'shop' } }), {
    at: '0s',
    grpc: { '8080': { '': 'SERVING' } },
  }),
  'hook-program-missing': ready(
    'hooks-run',
    { lifecycle: { preStop: exec('sleep') } },
    {
      ...on('0s', OK),
      exec: { sleep: { missing: true, stderr: 'exec: "sleep": executable file not found in $PATH' } },
    },
  ),
  'poststart-failed': budget({ lifecycle: { postStart: exec('warm') } }, { ...on('0s', OK), exec: { warm: 1 } }),
  'readiness-misses-hang': ready('readiness-leaves-endpoints', { readinessProbe: TCP }, ...listens),
  'liveness-misses-hang': ready('liveness-detects-hang', { livenessProbe: TCP }, ...listens),
  'oom-killed': budget({}, { at: '1s', oomKill: 'main' }),
  'exits-by-itself': budget({}, { at: '1s', exit: 0 }),
  'job-under-always': {
    check: 'restart-policy',
    spec: { containers: [{ name: 'web', image: 'web:1' }] },
    app: [{ at: '1s', exit: 0 }],
  },
  crashes: budget({}, { at: '1s', exit: 1 }),
  'ready-without-serving': {
    ...ready(
      'serves-clients',
      { ...NO_LIVENESS, readinessProbe: { httpGet: { ...httpGet, port: 9090 } } },
      on('0s', OK, '9090'),
    ),
    subject: CLIENTS,
  },
  'first-request-slow': {
    ...ready('serves-clients', {}, on('0s', { ...OK, '/': { status: 200, takes: '4s' } }), on('2s', OK)),
    subject: CLIENTS,
  },
  'redirected-probe': ready(
    'probes-run',
    {},
    on('0s', { '/healthz': { status: 302, location: 'https://login.example' } }),
  ),
  'readiness-flaps': ready(
    'probes-run',
    { readinessProbe: { httpGet, periodSeconds: 1, failureThreshold: 3 } },
    on('0s', OK),
    ...[5, 12, 20].flatMap((at) => [on(`${at}s`, { '/healthz': 503 }), on(`${at + 1}s`, OK)]),
  ),
  'name-not-resolved': budget({}, { at: '1s', stdout: 'getaddrinfo ENOTFOUND orders-db' }, { at: '2s', exit: 1 }),
  'init-not-finished': {
    check: 'ready-in-budget',
    spec: pod({}, { initContainers: [{ name: 'migrate', image: 'migrate:1' }] }),
    app: HEALTHY,
  },
  'does-not-start-again': ready('recovers', {}, { ...on('0s', OK), run: 1 }),
};

const rising = Array.from({ length: 61 }, (_, second) => ({
  container: 'web',
  atMs: second * 1_000,
  bytes: (50 + second) * 1_048_576,
}));
const isReady = published(1, {
  phase: 'Running',
  podIP: '10.0.0.7',
  conditions: [{ type: 'Ready', status: 'True' }] as never,
});
const FROZEN: Event = { at: s(10), source: 'test', kind: 'TestActed', action: 'freeze', service: 'db' };

const OBSERVED: Readonly<Partial<Record<CauseId, Observed>>> = {
  'health-behind-slow-request': {
    check: 'serves-clients',
    events: [
      attempt(1, 0.002),
      attempt(2, 0.003),
      request(3, 4),
      attempt(7, 3),
      request(7.05, 4),
      attempt(11.05, 3.05),
    ],
  },
  'errors-while-ready': {
    check: 'serves-clients',
    services: ['db'],
    events: [
      isReady,
      ...[7, 8, 9].map((at) => asked(at)),
      FROZEN,
      ...[20, 21, 22].map((at) => asked(at, 'answered 500')),
    ],
  },
  'memory-rises': {
    check: 'memory',
    events: Array.from({ length: 600 }, (_, index) => asked(index / 10)),
    memory: rising,
  },
  zombies: {
    check: 'reaps-processes',
    looks: looks(...[7, 9, 11].map((pid) => process(pid, '[convert]', { isZombie: true }))),
  },
  'processes-left-behind': {
    check: 'reaps-processes',
    container: { livenessProbe: { ...exec('check'), periodSeconds: 2 } },
    events: [2, 4, 6].map((at) => probed(at, 'liveness', 'Success', 1)),
    looks: looks(...[20, 30, 40].map((pid) => process(pid, 'sleep 300', { session: pid - 1 }))),
  },
};

/** Returns the causes in the JSON of a check, with the sentences of its failures. */
function causesIn(check: CheckId, results: readonly CheckResult[]) {
  const context = {
    workload: 'Pod/shop',
    source: 'pod.yaml',
    locate: (path: object) => ({ field: String(path) }),
    patchText: () => ({ yaml: '' }),
    hide: (text: string) => text,
    policy: { failOn: 'error' as const, waivers: [] },
  };
  const { checks } = toGateResult(context, results, []);
  const answers = checks.filter((result) => result.check === check).flatMap((result) => result.answers);
  return answers.filter(({ severity }) => severity !== undefined).map(({ cause, sentence }) => ({ cause, sentence }));
}

async function gated({ check, container, spec = pod(container), app = HEALTHY, ...more }: Case) {
  return causesIn(check, (await gate({ spec, app: { web: app }, checks: [check], ...more })).results);
}

function observed({ check, container, services = [], events = [], ...more }: Observed) {
  const spec = { terminationGracePeriodSeconds: 10, containers: [web(container)] };
  const { pod: loaded } = simulatePod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec });
  const subject: Subject = { pod: loaded, services, endpointRemovalDelay: '1s', kubernetesVersion: '1.36', ...CLIENTS };
  const timeline = timelineOf(...events);
  const since = services.length > 0 ? events.indexOf(FROZEN) + 1 : 0;
  const evidence = { result: makePending('nothing'), timeline, pod: loaded, ...more };
  const steps: readonly Step[] = experimentsFor(subject).flatMap((experiment) => experiment.steps);
  const answers = steps.flatMap((step) =>
    'observe' in step && step.observe === check
      ? step.toResults(evidence, { since, from: s(services.length > 0 ? 20 : 0) })
      : [],
  );
  return causesIn(check, [{ check, outcome: 'failed', answers }]);
}

describe('JSON of the gate', () => {
  test.each(Object.entries(GATED))('contains the cause %s of a pod', async (cause, given) => {
    expect(await gated(given)).toContainEqual({ cause, sentence: expect.anything() });
  });

  test.each(Object.entries(OBSERVED))('contains the cause %s of an observed timeline', (cause, given) => {
    expect(observed(given)).toContainEqual({ cause, sentence: expect.anything() });
  });

  test('contains the cause of a sidecar that is not Ready', async () => {
    const exporter = { name: 'exporter', image: 'exporter:1', restartPolicy: 'Always', readinessProbe: { httpGet } };
    const spec = pod({}, { initContainers: [exporter] });
    const app = { web: HEALTHY, exporter: [on('0s', { '/': 200 })] };
    const { results } = await gate({ spec, app, checks: ['ready-in-budget'] });
    expect(causesIn('ready-in-budget', results).map(({ cause }) => cause)).toEqual(['probe-path-not-found']);
  });

  test('contains each cause of the docs', () => {
    const shown = [...Object.keys(GATED), ...Object.keys(OBSERVED)];
    expect(shown.toSorted()).toEqual(Object.keys(CAUSES).toSorted());
  });
});
