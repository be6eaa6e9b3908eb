import { describe, expect, test } from '@jest/globals';
import type { Expectation } from '../../../../src/wording/expected/expectation';
import { formatExpected } from '../../../../src/wording/expected/format';

const LIMIT = { ms: 60_000, limited: false, terms: [{ name: 'default', ms: 60_000, times: 1 }] } as const;

const SENTENCES: readonly (readonly [Expectation, string, string])[] = [
  [{ kind: 'becomeReady' }, 'pod to become Ready', 'pod not to become Ready'],
  [{ kind: 'beReady' }, 'pod to be Ready now', 'pod not to be Ready now'],
  [{ kind: 'becomeStarted' }, 'every container to become started', 'not every container to become started'],
  [{ kind: 'becomeStarted', container: 'web' }, 'web to become started', 'web not to become started'],
  [{ kind: 'becomeUnready' }, 'pod to stop being Ready', 'pod not to stop being Ready'],
  [
    { kind: 'becomeUnready', times: 2 },
    'pod to stop being Ready 2 times',
    'pod to stop being Ready fewer than 2 times',
  ],
  [{ kind: 'reachPhase', phase: 'Failed' }, 'pod to reach phase Failed', 'pod not to reach phase Failed'],
  [{ kind: 'havePhase', phase: 'Failed' }, 'pod to have phase Failed', 'pod not to have phase Failed'],
  [
    { kind: 'reachState', container: 'web', state: { running: true } },
    'web to reach state { running: true }',
    'web not to reach state { running: true }',
  ],
  [
    { kind: 'haveState', container: 'web', state: { running: true } },
    'web to have state { running: true }',
    'web not to have state { running: true }',
  ],
  [
    { kind: 'haveCondition', type: 'Ready', condition: { reason: 'PodFailed' } },
    "pod to have condition Ready { reason: 'PodFailed' }",
    "pod not to have condition Ready { reason: 'PodFailed' }",
  ],
  [
    { kind: 'haveRestartCount', container: 'web', restarts: 2 },
    'web to have restartCount 2',
    'web not to have restartCount 2',
  ],
  [{ kind: 'haveBackOffs', container: 'web', waits: [] }, 'web to have no back-off', 'web to have a back-off'],
  [
    { kind: 'haveBackOffs', container: 'web', waits: ['10s', '20s'] },
    'web to have back-offs 10s, 20s',
    'web not to have back-offs 10s, 20s',
  ],
  [{ kind: 'emitEvent', event: 'BackOff' }, 'pod to emit event BackOff', 'pod not to emit event BackOff'],
  [{ kind: 'haveEvent', event: 'BackOff' }, 'pod to have event BackOff', 'pod not to have event BackOff'],
  [
    { kind: 'haveEventsInOrder', events: ['Killing', 'Started'] },
    'pod to have events Killing, then Started',
    'pod not to have events Killing, then Started',
  ],
  [
    { kind: 'enterCrashLoopBackOff' },
    'a container to enter CrashLoopBackOff',
    'no container to enter CrashLoopBackOff',
  ],
  [
    { kind: 'enterCrashLoopBackOff', container: 'web', times: 2 },
    'web to enter CrashLoopBackOff 2 times',
    'web to enter CrashLoopBackOff fewer than 2 times',
  ],
  [{ kind: 'exit' }, 'a container to exit', 'no container to exit'],
  [
    { kind: 'exit', container: 'web', exitCode: 137, reason: 'OOMKilled' },
    'web to exit with code 137 (OOMKilled)',
    'web not to exit with code 137 (OOMKilled)',
  ],
  [
    { kind: 'exit', reason: 'Error', times: 2 },
    'the containers to exit 2 times with reason Error',
    'the containers to exit fewer than 2 times with reason Error',
  ],
  [
    { kind: 'log', pattern: 'ready' },
    "a container to log a line that contains 'ready'",
    "no container to log a line that contains 'ready'",
  ],
  [
    { kind: 'log', pattern: /up/, container: 'web' },
    'web to log a line that matches /up/',
    'web not to log a line that matches /up/',
  ],
  [{ kind: 'restart' }, 'a container to restart', 'no container to restart'],
  [
    { kind: 'restart', container: 'web', because: 'liveness', times: 3 },
    'web to restart 3 times because of liveness',
    'web to restart fewer than 3 times because of liveness',
  ],
  [{ kind: 'runHook', hook: 'preStop' }, 'a preStop hook to succeed', 'no preStop hook to succeed'],
  [
    { kind: 'runHook', hook: 'preStop', container: 'web' },
    'the preStop hook of web to succeed',
    'the preStop hook of web not to succeed',
  ],
  [
    { kind: 'runHook', hook: 'postStart', times: 2 },
    'the postStart hook of any container to succeed 2 times',
    'the postStart hook of any container to succeed fewer than 2 times',
  ],
  [
    { kind: 'terminateGracefully' },
    'every stopped container to exit gracefully',
    'not every stopped container to exit gracefully',
  ],
  [
    { kind: 'terminateGracefully', container: 'web', exitCode: 3 },
    'web to exit gracefully with code 3',
    'web not to exit gracefully with code 3',
  ],
  [{ kind: 'enterEndpoints' }, 'pod to enter the Service endpoints', 'pod not to enter the Service endpoints'],
  [{ kind: 'beInEndpoints' }, 'pod to be in the Service endpoints now', 'pod not to be in the Service endpoints now'],
  [
    { kind: 'leaveEndpoints', terminating: true, serving: false },
    'pod to leave the Service endpoints as terminating and not serving',
    'pod not to leave the Service endpoints as terminating and not serving',
  ],
  [{ kind: 'stayReady', windowMs: 60_000 }, 'pod to stay Ready for 1m', 'pod to stop being Ready within 1m'],
  [
    { kind: 'stayReady', windowMs: undefined },
    'pod to stay Ready until its deletion',
    'pod to stop being Ready before its deletion',
  ],
  [
    { kind: 'restartAtMost', times: 0, windowMs: undefined },
    'no container to restart during the whole run',
    'a container to restart during the whole run',
  ],
  [
    { kind: 'restartAtMost', times: 0, container: 'web', windowMs: 5_000 },
    'web not to restart within 5s',
    'web to restart within 5s',
  ],
  [
    { kind: 'restartAtMost', times: 2, windowMs: 5_000 },
    'each container to restart at most 2 times within 5s',
    'a container to restart more than 2 times within 5s',
  ],
  [
    { kind: 'dropNoRequests', windowMs: 10_000 },
    'no request to be dropped within 10s',
    'a request to be dropped within 10s',
  ],
  [
    { kind: 'surviveOutage', service: 'db', windowMs: 30_000, recovery: LIMIT },
    'no container to restart during a 30s outage of db, and pod to be Ready within 1m (default: the manifest sets no limit) afterwards',
    'a container to restart during a 30s outage of db, or pod not to be Ready within 1m (default: the manifest sets no limit) afterwards',
  ],
  [{ kind: 'beValid' }, 'manifest to be valid', 'manifest not to be valid'],
  [{ kind: 'haveNoFindings', except: [] }, 'manifest to have no findings', 'manifest to have findings'],
  [
    { kind: 'haveNoFindings', except: ['a', 'b'] },
    'manifest to have no findings other than a and b',
    'manifest to have findings other than a and b',
  ],
  [{ kind: 'exitCode', code: 1 }, 'value to have exit code 1', 'value not to have exit code 1'],
  [{ kind: 'podEvent', event: 'Killing' }, 'value to be event Killing', 'value not to be event Killing'],
];

describe('formatExpected', () => {
  test.each(SENTENCES)('writes the sentence and its negation for %j', (expectation, sentence, negation) => {
    expect([formatExpected(expectation, false), formatExpected(expectation, true)]).toEqual([sentence, negation]);
  });
});
