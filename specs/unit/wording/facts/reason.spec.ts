import { describe, expect, test } from '@jest/globals';
import type { ContainerReason, Reason } from '../../../../src/assertions/facts/reason';
import { formatReason, formatReasonOrReceived } from '../../../../src/wording/facts/reason';
import { s } from '../../timeline/events';
import { type FactsOf, linesOf } from './linesOf';

const container = 'web';
const exit = { container, exitCode: 1, reason: 'Error' };
const message = 'no such image';
const attempt = { output: 'HTTP probe failed with statuscode: 404', response: 'no such page' };
const trouble = { kind: 'late', cause: 'shutdown-longer-than-grace', exitCode: 0 } as const;
const phase = { kind: 'pull', container, since: s(1), limit: { ms: 60_000, terms: [], limited: false } } as const;

const FACTS: FactsOf<Reason> = {
  removed: [{}],
  deleted: [{}],
  notReadyFirst: [{}],
  notInEndpointsFirst: [{}],
  notPublished: [{}],
  notStopped: [{}],
  onlyWhenStopped: [{}],
  hookOutlivedGracePeriod: [{}],
  foreignSigkill: [{}],
  message: [{ message }],
  containers: [
    {
      containers: [
        { kind: 'running', container },
        { kind: 'running', container: 'proxy' },
      ],
    },
  ],
  phase: [
    { phase: 'Failed', reason: undefined, exits: [exit] },
    { phase: 'Failed', reason: 'DeadlineExceeded', exits: [exit] },
    { phase: 'Failed', reason: undefined, exits: [] },
  ],
  terminalPhase: [
    { phase: 'Failed', ends: 'starts' },
    { phase: 'Succeeded', ends: 'restarts' },
  ],
  notRestarted: [{ exit, policy: 'Never' }],
  notRunning: [{ container }, { container: undefined }],
  unreachable: [
    { obstacle: { kind: 'selectsNothing', service: 'shop', selector: 'app=shp' } },
    { obstacle: { kind: 'unknownTargetPort', service: 'shop', port: 'htp' } },
  ],
  unschedulable: [{ message: '0/1 nodes are available' }],
  imageUnavailable: [{ container, message }],
  notCreated: [{ container, message: 'secret "login" not found' }],
  diskFull: [{ container, message: 'no space left on device' }],
  programMissing: [{ container, message: 'exec: "serve": executable file not found in $PATH' }],
  oomKilled: [{ container }],
  completes: [{ container }],
  keepsExiting: [{ container, exitCode: 1 }],
  postStartFails: [{ container }],
  probeKill: [
    { container, probe: 'startup', attempt },
    { container, probe: 'liveness', attempt: undefined },
  ],
  wrongExitCode: [{ exitCode: 0 }],
  gracefulExitCodes: [{ exitCodes: [0, 143] }],
  sigkilled: [
    { leftMs: 30_000, signal: 'SIGTERM' },
    { leftMs: 30_000, signal: undefined, trouble },
    { leftMs: 2_000, signal: 'SIGTERM', hookMs: 28_040 },
  ],
  harmlessHooks: [{ containers: ['web', 'proxy'] }],
  restartsWithoutBackOff: [{ count: 0 }, { count: 2 }],
  only: [{ names: [] }, { names: ['Pulled', 'Started'] }],
  otherEvents: [{ count: 2 }],
  eventTooSoon: [{ name: 'Started' }],
  hopeless: [{ reason: { kind: 'removed' }, forMs: 120_000 }],
  usedTime: [{ phase, received: { kind: 'notReady' } }],
};

const CONTAINERS: FactsOf<ContainerReason> = {
  unseen: [{}],
  condition: [{ message: 'the readiness gate "lb" is not True' }, { message: undefined }],
  running: [{ container }],
  exited: [{ exit }, { exit, after: { probe: 'liveness', attempt } }],
  waiting: [
    { container, reason: 'ContainerCreating' },
    { container, reason: 'ErrImagePull', message },
    { container, reason: undefined },
    { container, reason: 'CrashLoopBackOff', message: 'back-off 10s', exit },
    { container, reason: 'CrashLoopBackOff', exit, after: { probe: 'startup', attempt: undefined } },
  ],
  postStart: [{ container }],
  init: [{ container: 'migrate' }],
  noResult: [
    { container, probe: 'readiness', before: undefined },
    { container, probe: 'startup', before: { probe: 'startup', attempt } },
  ],
  probe: [
    { container, attempt: { ...attempt, probe: 'readiness', result: 'Failure', run: 1, threshold: 3 } },
    { container, attempt: { probe: 'readiness', result: 'Errored', output: 'no such port', run: 1, threshold: 3 } },
    { container, attempt: { probe: 'readiness', result: 'Success', output: '', run: 1, threshold: 3 } },
  ],
};

describe('formatReason', () => {
  test('formats every reason', () => {
    expect(linesOf(FACTS, formatReason)).toMatchInlineSnapshot(`
"removed: the pod was removed
deleted: a pod that is being deleted gets no new connections, even if it is Ready
notReadyFirst: the pod must be Ready first
notInEndpointsFirst: the pod must be in the Service endpoints first
notPublished: it has no status yet
notStopped: the kubelet has not stopped a container yet
onlyWhenStopped: a preStop hook runs only if the kubelet stops its container
hookOutlivedGracePeriod: the grace period ended first
foreignSigkill: the SIGKILL did not come from the kubelet
message: no such image
containers: web is running and proxy is running
phase: the phase of the pod is Failed: web exited with 1
phase: the phase of the pod is Failed: DeadlineExceeded
phase: the phase of the pod is Failed
terminalPhase: no container starts in a pod with phase Failed
terminalPhase: no container restarts in a pod with phase Succeeded
notRestarted: web does not restart after exit code 1 under restartPolicy Never
notRunning: web was not running
notRunning: no container was running
unreachable: Service "shop" selects no pod: no workload of the manifest has the labels app=shp
unreachable: Service "shop" sends to the port "htp", but no container of the pod has a port with that name
unschedulable: the pod cannot be scheduled: 0/1 nodes are available
imageUnavailable: the image of web is unavailable: no such image
notCreated: web cannot be created: secret "login" not found
diskFull: web cannot be created because the disk of the container engine is full: no space left on device
programMissing: the program of web cannot start: exec: "serve": executable file not found in $PATH
oomKilled: web was OOMKilled
completes: web exited with 0 without a stop signal
keepsExiting: web keeps exiting with 1
postStartFails: the postStart hook of web failed, so the kubelet killed web
probeKill: the kubelet killed web before it was up because its startup probe failed (HTTP probe failed with statuscode: 404, response: "no such page")
probeKill: the kubelet killed web before it was up because its liveness probe failed
wrongExitCode: the exit code must be 0
gracefulExitCodes: a graceful exit has code 0 or 143
sigkilled: it was still running 30s after SIGTERM
sigkilled: it was still running 30s after its stop signal: it exited with 0 just before SIGKILL
sigkilled: it was still running 2s after SIGTERM, because its preStop hook used 28s of the grace period
harmlessHooks: web exited with 0 during its preStop hook, so FailedPreStopHook is harmless and proxy exited with 0 during its preStop hook, so FailedPreStopHook is harmless
restartsWithoutBackOff: no container restarted
restartsWithoutBackOff: 2 restarts had no back-off
only: the pod has no events
only: the pod has only Pulled, Started
otherEvents: 2 events have this reason, but their other fields differ
eventTooSoon: the last Started was earlier
hopeless: the pod was removed. All attempts of the last 2m failed like this, and more time does not change that
usedTime: pod not Ready. The image pull of web used the time. Its limit is 1m (default: the manifest sets no limit)"
`);
  });

  test('formats every reason of a container', () => {
    const format = (one: ContainerReason) => formatReason({ kind: 'containers', containers: [one] });
    expect(linesOf(CONTAINERS, format)).toMatchInlineSnapshot(`
"unseen: no container has a status yet
condition: the readiness gate "lb" is not True
condition: the Ready condition of the pod is not True
running: web is running
exited: web exited with 1
exited: web exited with 1 after its liveness probe failed (HTTP probe failed with statuscode: 404, response: "no such page")
waiting: web is waiting (ContainerCreating)
waiting: web is waiting (ErrImagePull): no such image
waiting: web is waiting (not created)
waiting: web is waiting (CrashLoopBackOff): web exited with 1
waiting: web is waiting (CrashLoopBackOff): web exited with 1 after its startup probe failed
postStart: the postStart hook of web has not finished
init: init container migrate is still running, and the pod waits for it
noResult: the readiness probe of web has no result yet
noResult: the startup probe of web has no result yet. The previous instance was killed because its startup probe failed (HTTP probe failed with statuscode: 404, response: "no such page")
probe: the readiness probe of web fails (HTTP probe failed with statuscode: 404, response: "no such page")
probe: the readiness probe of web could not run (no such port)
probe: the readiness probe of web has succeeded 1 of 3 times"
`);
  });
});

test('formatReasonOrReceived prefers the reason', () => {
  const received = { kind: 'notReady' } as const;
  expect(formatReasonOrReceived({ received })).toBe('pod not Ready');
  expect(formatReasonOrReceived({ received, reason: { kind: 'removed' } })).toBe('the pod was removed');
});
