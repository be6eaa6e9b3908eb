import { expect, test } from '@jest/globals';
import type { Received } from '../../../../src/assertions/facts/received';
import { formatReceived } from '../../../../src/wording/facts/received';
import { s } from '../../timeline/events';
import { type FactsOf, linesOf } from './linesOf';

const container = 'web';
const restart = { container, attempt: 2 };
const serving = { ready: false, serving: true, terminating: true };
const killed = { terminated: { exitCode: 137, reason: 'OOMKilled' } };

const FACTS: FactsOf<Received> = {
  ready: [{}],
  notReady: [{}],
  unready: [{}],
  stillReady: [{}],
  readyAllTheTime: [{}],
  neverReady: [{}],
  notReadyAtFirst: [{}],
  unreadyBefore: [{}],
  losses: [{ count: 1 }],
  readyAgain: [{}],
  notReadyAgain: [{}],
  readyWithoutRestart: [{}],
  started: [
    { container, isStarted: true },
    { container, isStarted: false },
    { container: undefined, isStarted: true },
    { container: undefined, isStarted: false },
  ],
  initialized: [{}],
  notInitialized: [{}],
  phase: [{ phase: 'Failed' }],
  condition: [
    { condition: { type: 'Ready', status: 'True' } },
    { condition: { type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: 'unready: [web]' } },
  ],
  noCondition: [{ type: 'Ready' }],
  containerState: [
    { container, state: {} },
    { container, state: { waiting: {} } },
    { container, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: killed },
    { container, state: { running: { startedAt: s(1) } } },
  ],
  noContainerState: [{ container }],
  container: [
    { container, state: 'running' },
    { container, state: 'stillRunning' },
    { container, state: 'notRunning' },
    { container, state: 'sigkilled' },
    { container, state: 'oomKilled' },
  ],
  exits: [
    { exits: [] },
    { exits: [{ container, exitCode: 1, reason: 'Error' }] },
    {
      exits: [
        { container, exitCode: 137, reason: 'OOMKilled' },
        { container: 'proxy', exitCode: 0, reason: 'Completed' },
      ],
    },
  ],
  exitedByItself: [{ container, exitCode: 1 }],
  probeKill: [{ container, probe: 'liveness' }],
  probeSucceeded: [{ container, probe: 'readiness' }],
  noneKilled: [{}],
  noneDown: [{}],
  nothingStopped: [{}],
  nothing: [{}],
  restart: [
    { restart },
    { restart: { ...restart, because: 'liveness' } },
    { restart: { ...restart, because: 'startup' } },
    { restart: { ...restart, because: 'exit' } },
    { restart: { ...restart, because: 'postStart' } },
    { restart: { ...restart, because: 'definition' } },
    { restart: { ...restart, because: 'sandbox' } },
    { restart: { ...restart, because: 'restartRule' } },
  ],
  restarts: [{ count: 0 }, { count: 1 }, { count: 2 }],
  otherRestarts: [{ restarts: [{ ...restart, because: 'exit' }] }],
  restartCount: [{ container, count: 2 }],
  crashLoop: [
    { container, delayMs: 10_000 },
    { container, delayMs: undefined },
  ],
  backOffs: [
    { container, delaysMs: [] },
    { container, delaysMs: [10_000, 80_000] },
  ],
  unknownBackOffs: [{}],
  hook: [
    { container, hook: 'postStart', state: 'running' },
    { container, hook: 'postStart', state: 'succeeded' },
    { container, hook: 'preStop', state: 'failed' },
    { container, hook: 'preStop', state: 'endedWithContainer' },
  ],
  fewer: [
    { of: 'restart', count: 0 },
    { of: 'restart', count: 1 },
    { of: 'event', count: 0 },
    { of: 'event', count: 2 },
    { of: 'hook', hook: 'preStop', count: 0 },
    { of: 'hook', hook: 'preStop', count: 2 },
    { of: 'crashLoop', count: 0 },
    { of: 'crashLoop', count: 1 },
  ],
  event: [
    { reason: 'Killing', container },
    { reason: 'Scheduled', container: undefined },
  ],
  noEvent: [{}],
  eventsInOrder: [{ names: ['Pulled', 'Started'] }],
  missingEvent: [
    { name: 'Pulled', after: undefined },
    { name: 'Started', after: 'Pulled' },
  ],
  line: [{ container, text: "it's up" }],
  otherLines: [{ count: 0 }, { count: 1 }],
  inEndpoints: [{}],
  neverInEndpoints: [{}],
  endpoint: [
    { endpoint: { ready: true, serving: true, terminating: false } },
    { endpoint: undefined },
    { endpoint: undefined, isBefore: true },
    { endpoint: serving },
    { endpoint: { ...serving, serving: false } },
  ],
  drops: [
    { dropped: 0, requests: 1 },
    { dropped: 1, requests: 20 },
  ],
  aborted: [{ message: 'cannot connect to the Docker daemon' }],
};

test('every fact that an assertion receives has words', () => {
  expect(linesOf(FACTS, formatReceived)).toMatchInlineSnapshot(`
"ready: Ready
notReady: not Ready
unready: unready
stillReady: still Ready
readyAllTheTime: Ready all the time
neverReady: never Ready
notReadyAtFirst: not Ready to begin with
unreadyBefore: unready already before
losses: unready only 1 time
readyAgain: Ready again
notReadyAgain: not Ready again
readyWithoutRestart: Ready, and no restart
started: web started
started: web not started
started: every container started
started: not every container started
initialized: initialized
notInitialized: not initialized
phase: phase Failed
condition: Ready True
condition: Ready False, ContainersNotReady (unready: [web])
noCondition: no condition Ready
containerState: web in no state
containerState: web waiting
containerState: web waiting (CrashLoopBackOff), before that terminated (it exited with 137 (OOMKilled))
containerState: web running
noContainerState: no state of web
container: web runs
container: web still running
container: web does not run
container: web killed with SIGKILL
container: web OOMKilled
exits: no exit
exits: web exited with 1
exits: web exited with 137 (OOMKilled), proxy exited with 0
exitedByItself: web ended by itself, with exit code 1
probeKill: web killed by its liveness probe
probeSucceeded: the readiness probe of web succeeded
noneKilled: none of them killed
noneDown: all of them left alone
nothingStopped: nothing stopped
nothing: nothing
restart: restart 2 of web
restart: restart 2 of web (its liveness probe failed)
restart: restart 2 of web (its startup probe failed)
restart: restart 2 of web (it exited)
restart: restart 2 of web (its postStart hook failed)
restart: restart 2 of web (its definition changed)
restart: restart 2 of web (the pod sandbox changed)
restart: restart 2 of web (a restart rule asked for it)
restarts: no restart
restarts: 1 restart
restarts: 2 restarts
otherRestarts: no such restart, but restart 2 of web (it exited)
restartCount: restartCount 2 of web
crashLoop: web in CrashLoopBackOff (back-off 10s)
crashLoop: web in CrashLoopBackOff
backOffs: no back-off of web
backOffs: back-offs 10s, 1m20s of web
unknownBackOffs: this record does not say how long back-off waits
hook: the postStart hook of web still running
hook: the postStart hook of web succeeded
hook: the preStop hook of web failed
hook: the preStop hook of web ended with its container
fewer: no restart
fewer: only 1 such restart
fewer: no such event
fewer: only 2 such events
fewer: no preStop hook
fewer: only 2 preStop hooks
fewer: no CrashLoopBackOff
fewer: CrashLoopBackOff only 1 time
event: Killing of web
event: Scheduled of the pod
noEvent: no such event
eventsInOrder: Pulled, Started
missingEvent: no Pulled
missingEvent: no Started behind Pulled
line: web wrote "it's up"
otherLines: nothing written
otherLines: no such line among 1 line
inEndpoints: still in the endpoints
neverInEndpoints: never in the endpoints
endpoint: in the endpoints
endpoint: out of the endpoints
endpoint: out of the endpoints already before
endpoint: terminating, still serving
endpoint: terminating, not serving
drops: 1 request, none dropped
drops: 1 of 20 requests dropped
aborted: cannot connect to the Docker daemon"
`);
});
