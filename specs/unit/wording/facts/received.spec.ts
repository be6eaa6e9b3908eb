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

test('formats every received fact', () => {
  expect(linesOf(FACTS, formatReceived)).toMatchInlineSnapshot(`
"ready: pod Ready
notReady: pod not Ready
unready: pod no longer Ready
stillReady: pod still Ready
readyAllTheTime: pod Ready all the time
neverReady: pod never Ready
notReadyAtFirst: pod not Ready at the start
unreadyBefore: pod already not Ready before
losses: pod stopped being Ready only 1 time
readyAgain: pod Ready again
notReadyAgain: pod not Ready again
readyWithoutRestart: pod Ready without a restart
started: web started
started: web not started
started: every container started
started: not every container started
initialized: init containers completed
notInitialized: init containers not completed
phase: pod in phase Failed
condition: condition Ready True
condition: condition Ready False, ContainersNotReady (unready: [web])
noCondition: no condition Ready
containerState: web without a state
containerState: web waiting
containerState: web waiting (CrashLoopBackOff), lastState terminated (it exited with 137 (OOMKilled))
containerState: web running
noContainerState: web without a state
container: web is running
container: web is still running
container: web is not running
container: web got SIGKILL
container: web was OOMKilled
exits: no exit
exits: web exited with 1
exits: web exited with 137 (OOMKilled), proxy exited with 0
exitedByItself: web exited with 1 without a stop signal
probeKill: the kubelet killed web because its liveness probe failed
probeSucceeded: the readiness probe of web succeeded
noneKilled: no container killed by its probe
noneDown: no container killed or exited
nothingStopped: no container stopped
nothing: no result
restart: restart 2 of web
restart: restart 2 of web (its liveness probe failed)
restart: restart 2 of web (its startup probe failed)
restart: restart 2 of web (it exited)
restart: restart 2 of web (its postStart hook failed)
restart: restart 2 of web (its definition changed)
restart: restart 2 of web (the pod sandbox changed)
restart: restart 2 of web (a restart rule applied)
restarts: no restart
restarts: 1 restart
restarts: 2 restarts
otherRestarts: no matching restart, only restart 2 of web (it exited)
restartCount: web has restartCount 2
crashLoop: web in CrashLoopBackOff (back-off 10s)
crashLoop: web in CrashLoopBackOff
backOffs: web has no back-off
backOffs: web has back-offs 10s, 1m20s
unknownBackOffs: unknown back-offs, because the timeline does not contain their length
hook: the postStart hook of web is still running
hook: the postStart hook of web succeeded
hook: the preStop hook of web failed
hook: the preStop hook of web ended with its container
fewer: no restart
fewer: only 1 matching restart
fewer: no matching event
fewer: only 2 matching events
fewer: no preStop hook succeeded
fewer: only 2 preStop hooks succeeded
fewer: no CrashLoopBackOff
fewer: CrashLoopBackOff only 1 time
event: event Killing of web
event: event Scheduled of the pod
noEvent: no matching event
eventsInOrder: events Pulled, Started
missingEvent: no event Pulled
missingEvent: no event Started following Pulled
line: web logged "it's up"
otherLines: no output
otherLines: no matching line among 1 line
inEndpoints: pod still in the Service endpoints
neverInEndpoints: pod never in the Service endpoints
endpoint: pod in the Service endpoints
endpoint: pod not in the Service endpoints
endpoint: pod not in the Service endpoints already before
endpoint: pod terminating and still serving
endpoint: pod terminating and not serving
drops: 1 request, none dropped
drops: 1 of 20 requests dropped
aborted: cannot connect to the Docker daemon"
`);
});
