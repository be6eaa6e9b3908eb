import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import { explainIncident } from '../../../../../src/report/incident/explain/index';
import { Incident } from '../../../../../src/report/incident/incident';
import { inNumbers } from '../../../../../src/report/incident/inNumbers';
import type { EventKind } from '../../../../../src/timeline/event';
import type { Timeline } from '../../../../../src/timeline/timeline';
import { web } from '../../../../beliefs/web';
import { web as container, podOf } from '../../../matchers/replay';
import {
  exited,
  failed,
  hooked,
  killed,
  probed,
  recorded,
  s,
  signalled,
  started,
  timelineOf,
} from '../../../timeline/events';

type Simulated = Parameters<typeof simulatePod>[1];

const allow = ['unknown-port'] as const;

/** What is said of the last event of that kind in a life of five minutes; of none at all when no kind is given. */
function said(manifest: string, script: Simulated, kind?: EventKind): readonly (string | undefined)[] {
  const pod = simulatePod(manifest, script, { allow });
  pod.advance('5m');
  return about(pod.timeline, pod.pod, kind);
}

function about(timeline: Timeline, pod = podOf({}), kind?: EventKind): readonly (string | undefined)[] {
  const event = kind && timeline.of(kind).at(-1);
  const incident = new Incident(pod, timeline, event);
  return [...inNumbers(incident), explainIncident(incident)];
}

const READ = 'See jest-kubelet/docs/beliefs';
const healthz = 'httpGet: { path: /healthz, port: 8080 }';

test('a binary that a probe lacks', () => {
  const output =
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "chekc": executable file not found in $PATH';
  const livenessProbe = {
    exec: { command: ['chekc'] },
    initialDelaySeconds: 0,
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  };
  const spec = { containers: [container({ livenessProbe })] };
  const errored = [
    started(1),
    probed(11, 'liveness', 'Errored', 0, output),
    probed(21, 'liveness', 'Errored', 0, output),
  ];
  expect(about(timelineOf(...errored), podOf(spec))).toEqual([
    `The image of web lacks the program of its liveness probe: without a shell around it that counts for nothing, neither as success nor as failure. ${READ}/exec-probe-missing-binary.md`,
  ]);
});

test('a liveness probe that cannot be carried out for another reason', () => {
  const liveness = {
    httpGet: { scheme: 'HTTP', path: '/', port: 80 },
    initialDelaySeconds: 0,
    periodSeconds: 10,
    timeoutSeconds: 1,
    successThreshold: 1,
    failureThreshold: 3,
  } as const;
  const spec = { containers: [container({ livenessProbe: liveness })] };
  const life = [started(1), probed(11, 'liveness', 'Errored', 0, 'context canceled while reading body')];
  expect(about(timelineOf(...life), podOf(spec))).toEqual([
    `A probe that cannot be carried out counts for nothing: this liveness probe restarts nothing. ${READ}/errored-probes.md`,
  ]);
});

test('failures that began before a crash', () => {
  const script = {
    web: [
      { at: '0s', run: 1, http: { 8080: { '/healthz': 500 } } },
      { at: '25s', run: 1, exit: 1 },
      { at: '0s', run: '2+', http: { 8080: { '/healthz': 500 } }, onTerm: { exitAfter: '10m' } },
    ],
  };
  const pod = simulatePod(web(`livenessProbe: { ${healthz} }`), script);
  pod.advance('35s');
  expect(about(pod.timeline, pod.pod, 'Killing')).toEqual([
    `Failures from before a crash still count: web had failed 2 of 3 times before it started. ${READ}/failures-survive-a-crash.md`,
  ]);
});

test('a startup probe that never succeeded', () => {
  const probe = `startupProbe: { ${healthz}, periodSeconds: 10, failureThreshold: 6 }`;
  expect(said(web(probe), { web: [{ at: '0s', http: { 8080: { '/healthz': 503 } } }] }, 'Killing')).toEqual([
    '6 failures × 10 s: web was killed 60.0 s after its start; its startup probe never succeeded.',
    `The startup probe never succeeded: give web longer with a higher failureThreshold, or mend what it is waiting for. ${READ}/slow-start-liveness.md`,
  ]);
});

test('a time-out', () => {
  const probe = `readinessProbe: { exec: { command: [check] } }`;
  expect(said(web(probe), { web: [{ at: '0s', exec: { check: { takes: '2s' } } }] })).toEqual([
    'The readiness probe asks every 10 s: 33 answers since +1.0 s, none of them a success.',
    `An answer of web has 1 s to come, which is the default: give readinessProbe a longer timeoutSeconds, unless it hangs. ${READ}/exec-probe-timeout.md`,
  ]);
});

test('a port on which nobody listens', () => {
  expect(said(web(`readinessProbe: { ${healthz} }`), {})).toEqual([
    'The readiness probe asks every 10 s: 37 answers since +0.0 s, none of them a success.',
    `Nothing listens on the port that the readiness probe asks, at the pod's own IP: web is not up, uses another port, or has bound it to 127.0.0.1 only (bind 0.0.0.0). ${READ}/bound-to-localhost.md`,
  ]);
});

test('a Host that an app does not know itself by', () => {
  const strict = { web: [{ at: '0s', http: { 8080: { '/healthz': 421 } } }] };
  expect(said(web(`readinessProbe: { ${healthz} }`), strict)).toEqual([
    'The readiness probe asks every 10 s: 37 answers since +0.0 s, none of them a success.',
    `A probe's Host header is the pod's IP and port, which servers with a list of allowed hosts refuse: set httpHeaders, or allow it. ${READ}/host-header.md`,
  ]);
});

test('a kill of a pod that was Ready all the while', () => {
  const script = {
    web: [
      { at: '0s', http: { 8080: { '/healthz': 200 } } },
      { at: '30s', run: 1, http: { 8080: { '/healthz': 500 } } },
    ],
  };
  expect(said(web(`livenessProbe: { ${healthz} }`), script, 'Killing')).toEqual([
    '3 failures × 10 s: web was killed 30.0 s after its liveness probe last succeeded.',
    `The pod was Ready all the while: a failing liveness probe takes no pod out of its Services, so requests were still sent to web. ${READ}/liveness-and-ready.md`,
  ]);
});

test('a readiness that was lost', () => {
  const script = {
    web: [
      { at: '0s', http: { 8080: { '/healthz': 200 } } },
      { at: '30s', http: { 8080: { '/healthz': 500 } } },
    ],
  };
  expect(said(web(`readinessProbe: { ${healthz} }`), script, 'StatusPublished')).toEqual([
    '3 failures × 10 s: web was unready 30.0 s after its readiness probe last succeeded.',
    undefined,
  ]);
});

test('hooks', () => {
  const hook = (handler: string) => web(`lifecycle: { postStart: ${handler} }`);
  expect(said(hook('{ httpGet: { path: /, port: 8080 } }'), {}, 'FailedPostStartHook')).toEqual([
    `postStart runs beside the main process and does not wait until it listens; a refused call kills web: ask again in an exec hook until it answers. ${READ}/post-start-order.md`,
  ]);
  expect(said(hook('{ tcpSocket: { port: 8080 } }'), {}, 'FailedPostStartHook')).toEqual([
    `A postStart hook with tcpSocket passes validation and always fails: use exec, httpGet or sleep. ${READ}/tcp-hook.md`,
  ]);
  expect(
    said(hook('{ exec: { command: [warm] } }'), { web: [{ at: '0s', exec: { warm: 1 } }] }, 'FailedPostStartHook'),
  ).toEqual([
    `A postStart hook that fails kills its container: let the hook of web succeed, or end with "|| true" where it may fail. ${READ}/post-start-fails.md`,
  ]);
});

test('a preStop without a program, and one that ended the app', () => {
  const missing = "command 'sleep 10' exited with 126: OCI runtime exec failed: executable file not found in $PATH";
  const life = [
    started(1),
    hooked(10, 'preStop', 20, missing),
    signalled(10, 'SIGTERM', 30_000),
    exited(10.1, 143, { afterSignalMs: 100 }),
  ];
  expect(about(timelineOf(...life), undefined, 'ContainerExited')).toEqual([
    `The image of web lacks what its preStop runs, so the stop signal came at once: use the sleep action, which needs nothing from the image. ${READ}/pre-stop-sleep.md`,
  ]);

  const failedHook = recorded(12, 'FailedPreStopHook', 'PreStopHook failed', { type: 'Warning' });
  const quit = [
    started(1),
    exited(12, 0),
    hooked(12, 'preStop', 2_000, "command 'nginx -s quit' exited with 137"),
    failedHook,
  ];
  expect(about(timelineOf(...quit), undefined, 'FailedPreStopHook')).toEqual([
    `web ended with 0 while its preStop ran, so FailedPreStopHook is harmless: an exec ends with the container it runs in. ${READ}/failed-pre-stop-exit-0.md`,
  ]);
});

test('ends', () => {
  const oom = exited(20, 137, { reason: 'OOMKilled' });
  const limited = podOf({ containers: [container({ resources: { limits: { memory: '64Mi' } } })] });
  expect(about(timelineOf(started(1), oom), limited, 'ContainerExited')).toEqual([
    `The kernel killed web for want of memory at its limit of 64Mi: raise resources.limits.memory, or let it use less. ${READ}/exit-code-137.md`,
  ]);

  const seen = {
    at: s(15),
    source: 'runtime',
    kind: 'ProcessesSeen',
    container: 'web',
    id: 'c1',
    attempt: 0,
    stopSignal: 'SIGTERM',
    signalled: true,
    isPID1: true,
    processes: [{ pid: 9, ppid: 1, args: 'sh -c node server.js; true', catches: [], ignores: [], blocks: [] }],
  } as const;
  const ignored = [
    started(1),
    signalled(10, 'SIGTERM', 30_000),
    seen,
    signalled(40, 'SIGKILL', undefined),
    exited(40.1, 137, { afterSignalMs: 100 }),
  ];
  expect(about(timelineOf(...ignored), undefined, 'ContainerExited')).toEqual([
    '30 s of grace: SIGKILL came 30.0 s after SIGTERM.',
    `The stop signal goes to the main process of web alone, and PID 1 gets only signals it has a handler for. ${READ}/shell-pid-1.md`,
  ]);
});

test('a process that heeds its signal, and hung', () => {
  const server = { pid: 9, ppid: 1, args: 'node server.js', catches: ['SIGTERM'], ignores: [], blocks: [] };
  const of = { container: 'web', id: 'c1', attempt: 0, stopSignal: 'SIGTERM', signalled: true, isPID1: true };
  const seen = { at: s(21), source: 'runtime', kind: 'ProcessesSeen', ...of, processes: [server] } as const;
  const stopped = [seen, signalled(50, 'SIGKILL', undefined), exited(50.1, 137, { afterSignalMs: 30_100 })];
  expect(about(timelineOf(started(1), ...killed(20, 'liveness'), ...stopped), undefined, 'ContainerExited')).toEqual([
    '30 s of grace: SIGKILL came 30.0 s after SIGTERM.',
    `A kill by a liveness probe grants the whole grace, which a process that hangs uses up: livenessProbe.terminationGracePeriodSeconds may be shorter than the pod's. ${READ}/liveness-kill-takes-grace.md`,
  ]);
  const deleted = [started(1), signalled(20, 'SIGTERM', 30_000), ...stopped];
  expect(about(timelineOf(...deleted), undefined, 'ContainerExited').at(-1)).toBeUndefined();
});

test('an exit with 0 under Always', () => {
  expect(said(web(), { web: [{ at: '1s', exit: 0 }] }, 'Started')).toEqual([
    `Under restartPolicy Always an exit with 0 is restarted and backed off like any other: web has to keep running, or its pod to be a Job's. ${READ}/exit-0-crash-loop.md`,
  ]);
});

test('nothing is said of what nobody takes for something else', () => {
  expect(about(timelineOf(started(1), exited(3, 1)), undefined, 'ContainerExited')).toEqual([undefined]);
  expect(about(timelineOf(started(1), ...failed(5, 'liveness', 1, 'HTTP probe failed with statuscode: 500')))).toEqual([
    undefined,
  ]);
});

test('a hang that a tcpSocket liveness probe does not see', async () => {
  const manifest = web(
    `livenessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 5 }\nreadinessProbe: { ${healthz}, periodSeconds: 5 }`,
  );
  const pod = simulatePod(manifest, {
    web: [{ at: '0s', tcp: { 8080: 'open' }, http: { 8080: { '/healthz': 200 } } }],
  });
  pod.advance('20s');
  await pod.container('web').freeze();
  pod.advance('1m');
  expect(explainIncident(new Incident(pod.pod, pod.timeline, undefined))).toBe(
    `web answers no more, and its liveness probe still succeeds: the kernel takes the connections of a process that hangs, and a tcpSocket probe asks for no more. Ask by httpGet or grpc. ${READ}/tcp-probe-frozen-app.md`,
  );
});

test('a pull that is held back, which is no restart', () => {
  const pod = simulatePod(web(''), { web: [{ at: '0s', imagePull: 'fails' }] });
  pod.advance('1m');
  expect(pod.timeline.of('BackOff')).not.toEqual([]);
  expect(explainIncident(new Incident(pod.pod, pod.timeline, undefined))).toBeUndefined();
});
