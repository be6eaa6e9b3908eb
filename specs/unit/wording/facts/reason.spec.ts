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
  test('has words for every reason', () => {
    expect(linesOf(FACTS, formatReason)).toMatchInlineSnapshot(`
"removed: the pod has been removed
deleted: a pod that is being deleted takes no new connections, however ready it is
notReadyFirst: it has to be Ready first, to become unready
notInEndpointsFirst: it has to be in the endpoints first, to leave them
notPublished: nothing is published of it yet
notStopped: the kubelet has not stopped it yet
onlyWhenStopped: it runs only where the kubelet stops a container
hookOutlivedGracePeriod: the grace period was over before it ended
foreignSigkill: SIGKILL came from elsewhere
message: no such image
containers: web runs; proxy runs
phase: the pod's phase is Failed: web exited with 1
phase: the pod's phase is Failed: DeadlineExceeded
phase: the pod's phase is Failed
terminalPhase: nothing is started in a pod whose phase is Failed
terminalPhase: nothing is restarted in a pod whose phase is Succeeded
notRestarted: web is not restarted after exit code 1 under restartPolicy Never
notRunning: web did not run any more
notRunning: no container ran any more
unreachable: Service "shop" selects no pod: no workload of the manifest has the labels app=shp
unreachable: Service "shop" sends to the port "htp", but no container of the pod has a port with that name
unschedulable: the pod cannot be scheduled: 0/1 nodes are available
imageUnavailable: the image of web cannot be had: no such image
notCreated: web cannot be created: secret "login" not found
diskFull: web cannot be created, the disk of the container engine is full: no space left on device
programMissing: the program of web cannot be started: exec: "serve": executable file not found in $PATH
oomKilled: web is killed for want of memory
completes: web exits by itself, with exit code 0
keepsExiting: web ends again and again, with exit code 1
postStartFails: the postStart hook of web fails, which kills it
probeKill: web is killed by its own startup probe before it is up: HTTP probe failed with statuscode: 404, response: "no such page"
probeKill: web is killed by its own liveness probe before it is up
wrongExitCode: its exit code must be 0
gracefulExitCodes: a graceful exit has the code 0 or 143
sigkilled: it still ran 30s after SIGTERM
sigkilled: it still ran 30s after its stop signal: it was about to end by itself, and exited with 0
sigkilled: it still ran 2s after SIGTERM; its preStop hook had taken 28s of the grace
harmlessHooks: web itself exited with 0 meanwhile, so its FailedPreStopHook is harmless; proxy itself exited with 0 meanwhile, so its FailedPreStopHook is harmless
restartsWithoutBackOff: nothing was restarted
restartsWithoutBackOff: 2 restarts came without it
only: none at all
only: only Pulled, Started
otherEvents: 2 of that reason, none like it
eventTooSoon: the last Started came before
hopeless: the pod has been removed. Each attempt of the last 2m failed like that, and more time does not change it
usedTime: not Ready. The image pull of web used the time. Its limit is 1m (default: the manifest sets no limit)"
`);
  });

  test('has words for every reason of a container', () => {
    const format = (one: ContainerReason) => formatReason({ kind: 'containers', containers: [one] });
    expect(linesOf(CONTAINERS, format)).toMatchInlineSnapshot(`
"unseen: none of its containers has been looked at yet
condition: the readiness gate "lb" is not True
condition: its Ready condition is not True
running: web runs
exited: web exited with 1
exited: web exited with 1 after its liveness probe failed: HTTP probe failed with statuscode: 404, response: "no such page"
waiting: web is waiting (ContainerCreating)
waiting: web is waiting (ErrImagePull): no such image
waiting: web is waiting (not created)
waiting: web is waiting (CrashLoopBackOff): web exited with 1
waiting: web is waiting (CrashLoopBackOff): web exited with 1 after its startup probe failed
postStart: web runs, but its postStart hook has not finished
init: init container migrate still runs, and the pod waits for it
noResult: web runs, but its readiness probe has not answered yet
noResult: web runs, but its startup probe has not answered yet. The instance before was killed after its startup probe failed: HTTP probe failed with statuscode: 404, response: "no such page"
probe: web runs, but its readiness probe fails: HTTP probe failed with statuscode: 404, response: "no such page"
probe: web runs, but its readiness probe cannot be carried out: no such port
probe: web runs, but its readiness probe has succeeded 1 of 3 times"
`);
  });
});

test('formatReasonOrReceived prefers the reason', () => {
  const received = { kind: 'notReady' } as const;
  expect(formatReasonOrReceived({ received })).toBe('not Ready');
  expect(formatReasonOrReceived({ received, reason: { kind: 'removed' } })).toBe('the pod has been removed');
});
