import { expect, test } from '@jest/globals';
import type { HandlerFailure } from '../../../../src/timeline/causes';
import { NO_LIMIT } from '../../../../src/timing/waits';
import { formatReasonOrReceived } from '../../../../src/wording/facts/reason';
import { CHECK_TITLES, formatNotApplicable, type NOT_APPLICABLE } from '../../../../src/wording/gate/checks';
import { type ABORTS, type CUTS, formatAbort, formatCut } from '../../../../src/wording/gate/cuts';
import { FAULT_TEXTS } from '../../../../src/wording/gate/faults';
import { formatGap, type GAPS } from '../../../../src/wording/gate/gaps';
import { formatHanging, type HANGING } from '../../../../src/wording/gate/hanging';
import { LOOKED_FOR, OBSERVATION_FIXES } from '../../../../src/wording/gate/observationFixes';
import { formatObservation, type OBSERVATIONS } from '../../../../src/wording/gate/observations';
import { formatObstacle, type OBSTACLES } from '../../../../src/wording/gate/obstacles';
import { formatPatchFound, type PATCHES_FOUND } from '../../../../src/wording/gate/patches';
import { formatAnnouncement, type WaitMessage } from '../../../../src/wording/gate/progress/announcements';
import { type EXPERIMENT_NAMES, formatExperiment } from '../../../../src/wording/gate/progress/experiments';
import type { PATCH_WAITS } from '../../../../src/wording/gate/progress/patchWaits';
import { type CHECK_TARGETS, formatCheckTarget } from '../../../../src/wording/gate/progress/targets';
import { formatTrial, type TRIALS } from '../../../../src/wording/gate/progress/trials';
import type { WAITS } from '../../../../src/wording/gate/progress/waits';
import { formatReaction, type REACTIONS } from '../../../../src/wording/gate/reactions';
import { type COMMON_RESULTS, formatCheckMessage } from '../../../../src/wording/gate/results/checkMessage';
import { type DISTURBANCES, formatDisturbance } from '../../../../src/wording/gate/results/disturbances';
import { type DROP_CAUSES, formatDropCause } from '../../../../src/wording/gate/results/dropCauses';
import type { ENDINGS } from '../../../../src/wording/gate/results/endings';
import type { FAULT_RESULTS } from '../../../../src/wording/gate/results/faults';
import { formatHookFailure } from '../../../../src/wording/gate/results/hookFailures';
import { formatMiss, type MISSES } from '../../../../src/wording/gate/results/misses';
import type { OUTAGES_AND_TRAFFIC } from '../../../../src/wording/gate/results/outages';
import type { STEADY_STATE } from '../../../../src/wording/gate/results/steadyState';
import { s } from '../../timeline/events';
import { type Examples, wordsFor } from './words';

// Sentences of the gate in the order of the snapshot, for reviewers.

const container = 'web';
const probe = 'liveness';
const service = 'db';
const effect = { kind: 'hung', container } as const;
const unobserved = { container, probe, attempts: 1, needed: 3 } as const;
const requests = [{ path: '/', port: 8080 }];
const attempt = { output: 'HTTP probe failed with statuscode: 503' };
const result = { received: { kind: 'notReady' }, reason: { kind: 'oomKilled', container } } as const;
const obstacle = { kind: 'selectsNothing', service: 'shop', selector: 'app=shp' } as const;
const observation = { kind: 'flappingReadiness', container, times: 2, attempt } as const;
const hanging = { kind: 'service', service } as const;
const trouble = { kind: 'late', cause: 'shutdown-longer-than-grace', exitCode: 0 } as const;

test('names every check', () => {
  expect(CHECK_TITLES).toMatchSnapshot();
});

test('formats why checks do not apply', () => {
  const examples: Examples<typeof NOT_APPLICABLE> = {
    expectedToComplete: { restartPolicy: 'Never' },
    publishesNotReady: {},
    nothingToCheck: { check: 'drains' },
  };
  expect(wordsFor(examples, formatNotApplicable)).toMatchSnapshot();
});

test('names every fault of the matrix', () => {
  const lines = Object.values(FAULT_TEXTS).map(({ name, how, reaction }) => `${name}: ${how}. Reaction: ${reaction}`);
  expect(lines.join('\n')).toMatchSnapshot();
});

test('formats every gap', () => {
  const examples: Examples<typeof GAPS> = {
    excludedChecks: { checks: 17 },
    obstructedService: { obstacle },
    assumedService: {},
    unnamedPaths: {},
    unnamedServices: {},
    unlimitedMemory: { container },
    unmeasuredMemory: {},
    shortMemory: { neededMs: 60_000 },
    fewRequests: { least: 60, withinMs: 60_000 },
    quickRequests: { slowMs: 1_000 },
    fewAttempts: { container },
    overload: { check: 'memory', why: 'the machine was busy' },
  };
  expect(
    wordsFor(examples, (gap) => {
      const { what, why } = formatGap(gap);
      return `${what}: ${why}`;
    }),
  ).toMatchSnapshot();
});

test('formats every observation', () => {
  const examples: Examples<typeof OBSERVATIONS> = {
    redirectedProbe: { container, probe, location: 'https://login.example.com/' },
    probeWithoutResult: { container, probe, output: 'exec: "curl": executable file not found in $PATH' },
    flappingReadiness: { container, times: 2, attempt },
    refusedClients: { port: 8080, afterMs: 2_400 },
    slowFirstRequest: { path: '/', firstMs: 4_200, usualMs: 12.4 },
    blockedHealth: { container, probe, times: 3, path: '/export', requestMs: 4_000 },
    memoryRises: {
      container,
      firstBytes: 50 * 1_048_576,
      lastBytes: 80 * 1_048_576,
      overMs: 30_000,
      limit: '128Mi',
      leftMs: 48_000,
    },
    zombies: { container, before: 1, after: 4, afterMs: 20_000, program: 'sh' },
    leftProcesses: { container, count: 3, program: 'sleep 60', attempts: 3 },
    errorsWhileReady: { service, requests, of: 2, failure: 'HTTP 500' },
    disturbedByTraffic: { disturbance: { kind: 'exited', container, exitCode: 1 } },
  };
  expect(wordsFor(examples, formatObservation)).toMatchSnapshot();
  expect(OBSERVATION_FIXES).toMatchSnapshot('fixes');
  expect(LOOKED_FOR).toMatchSnapshot('looked for');
});

test('formats results of any check', () => {
  const examples: Examples<typeof COMMON_RESULTS> = {
    accepted: {},
    rejected: { field: 'spec.containers', reason: 'Required value' },
    noFinding: {},
    finding: { why: 'the liveness probe of web is the same as its readiness probe' },
    failedBefore: { failed: 'valid' },
    cut: { experiment: { kind: 'hangs', container }, cut: { kind: 'outOfTime' } },
    notApplicable: { reason: { kind: 'nothingToCheck', check: 'init-order' } },
    obstructed: { obstacle: { kind: 'noPort', container } },
    notObserved: { gap: { kind: 'unmeasuredMemory' } },
    observed: { observation },
  };
  expect(wordsFor(examples, formatCheckMessage)).toMatchSnapshot();
});

test('formats results of the steady state', () => {
  const hook = { hook: 'preStop', container } as const;
  const examples: Examples<typeof STEADY_STATE> = {
    ready: { tookMs: 7_400 },
    notReady: { disturbance: { kind: 'reported', result } },
    steady: { windowMs: 60_000, unobserved },
    unsteady: { disturbance: { kind: 'exited', container, exitCode: 1 } },
    flapping: { observation },
    probesHaveResults: {},
    nothingExits: {},
    completedEarly: { container, restartPolicy: 'Always' },
    initialized: { ended: ['migrate', 'seed'].map((name, at) => ({ container: name, at: (at + 1) * 1_000 })) },
    hookSucceeds: hook,
    hookFailsHarmlessly: hook,
    hookFails: { ...hook, failure: { kind: 'exit', exitCode: 1 }, result },
    hookOutlivedGracePeriod: hook,
    noProcessLeft: {},
    containersRestarted: {},
    unreadableProcesses: {},
  };
  expect(wordsFor(examples, formatCheckMessage)).toMatchSnapshot();
});

test('formats results of a fault', () => {
  const examples: Examples<typeof FAULT_RESULTS> = {
    leavesEndpoints: { container, tookMs: 4_000, isByRestart: true, isAssumed: true },
    staysInEndpoints: { container, miss: { kind: 'commandStillSucceeds', probe: 'readiness' } },
    neverInEndpoints: { obstacle },
    hangDetected: { container, tookMs: 41_000, pauseMs: 31_000 },
    hangNotDetected: { container, miss: { kind: 'tcpStillConnects', probe, request: 'httpGet' } },
    hangNotObserved: { unobserved },
    readyAgain: { effect, tookMs: 3_100 },
    notReadyAgain: { effect, result },
    restartedAfterCrash: { container, tookMs: 40 },
    notRestartedAfterCrash: { container, result },
    startedBefore: { container, isExec: true },
    beyondBudget: { container, slowMs: 15_000 },
    slowStartSurvived: { container, slowMs: 15_000 },
    slowStartFails: { container, slowMs: 15_000, result },
  };
  expect(wordsFor(examples, formatCheckMessage)).toMatchSnapshot();
});

test('formats results of outages and traffic', () => {
  const examples: Examples<typeof OUTAGES_AND_TRAFFIC> = {
    notRestartedInOutage: { hanging, others: ['web', 'proxy'] },
    outageNotObserved: { hanging: { kind: 'container', container: 'proxy' }, unobserved },
    restartedInOutage: { hanging: { kind: 'container', container: 'proxy' }, container },
    exitsInOutage: { hanging, container, received: { kind: 'exitedByItself', container, exitCode: 1 } },
    servedInOutage: { hanging },
    noTraffic: { ports: [8080, 9090] },
    served: { requests, isAssumed: true },
    noOOMKill: {},
  };
  expect(wordsFor(examples, formatCheckMessage)).toMatchSnapshot();
});

test('formats results of the deletion', () => {
  const examples: Examples<typeof ENDINGS> = {
    terminated: { tookMs: 2_000 },
    notTerminated: {
      result: {
        received: { kind: 'container', container, state: 'sigkilled' },
        reason: { kind: 'sigkilled', leftMs: 10_000, signal: 'SIGTERM', trouble },
      },
    },
    drained: { requests, isAssumed: false },
    dropped: { received: { kind: 'drops', dropped: 2, requests: 40 }, requests, causes: [{ kind: 'stayedReady' }] },
    stillRunning: { afterMs: 60_000 },
    completed: { tookMs: 5_000 },
    notCompleted: { result, isFinal: true },
  };
  expect(wordsFor(examples, formatCheckMessage)).toMatchSnapshot();
});

test('formats reasons of a result', () => {
  const disturbances: Examples<typeof DISTURBANCES> = {
    oomKilled: { container, process: { name: 'node', pid: 7, residentBytes: 132_000_000 }, limit: '128Mi' },
    killedByProbe: { container, probe, attempt },
    exited: { container, exitCode: 1 },
    reported: { result },
  };
  const misses: Examples<typeof MISSES> = {
    tcpStillConnects: { probe, request: 'other' },
    commandStillSucceeds: { probe },
    probeStillSucceeds: { probe },
    reported: { result },
  };
  const dropCauses: Examples<typeof DROP_CAUSES> = {
    errors: { container, statuses: ['500', '503'], afterMs: 20, signal: 'SIGTERM' },
    exited: { container, afterMs: 1_300, exitCode: 143, isUnhandled: true },
    signal: { trouble },
    stayedReady: {},
  };
  const cuts: Examples<typeof CUTS> = {
    outOfTime: {},
    prerequisiteFailed: { failed: 'stays-ready' },
    failedBefore: { failed: 'valid' },
    notReady: { result },
    notRunning: {},
    aborted: { abort: { kind: 'error', message: 'container engine: does not answer any more' } },
    noResult: { error: 'container engine: does not answer any more' },
    ended: {},
    complete: {},
  };
  expect(wordsFor(disturbances, formatDisturbance)).toMatchSnapshot('disturbances');
  expect(wordsFor(misses, formatMiss)).toMatchSnapshot('misses');
  expect(wordsFor(dropCauses, formatDropCause)).toMatchSnapshot('dropped requests');
  const aborts: Examples<typeof ABORTS> = {
    error: { message: 'container engine: does not answer any more' },
    imageUnavailable: { container, message: 'connection refused' },
    usedTime: { phase: { kind: 'pull', container, since: s(0), limit: NO_LIMIT } },
  };
  expect(wordsFor(cuts, formatCut)).toMatchSnapshot('experiments that end early');
  expect(wordsFor(aborts, formatAbort)).toMatchSnapshot('aborted runs');
});

test('formats obstacles of faults, and reactions to faults', () => {
  const obstacles: Examples<typeof OBSTACLES> = {
    noService: {},
    noPort: { container },
    noCPURequest: { container },
    noMemoryLimit: { container },
    noBoundedVolume: { container },
    cannotDisconnect: {},
    cannotDisconnectService: { service },
    cannotLimitCPU: {},
    cannotLimitMemory: {},
    cannotRunCommands: {},
    unfilledVolume: { mountPath: '/cache', output: '' },
    enoughMemory: { container, mebi: 30 },
  };
  const reactions: Examples<typeof REACTIONS> = {
    obstructed: { obstacle: { kind: 'noService' } },
    refusedByEngine: { error: 'web: no cgroup' },
    cut: { cut: { kind: 'outOfTime' } },
    notInjected: {},
    unobserved: { unobserved },
    needlessRestart: { container },
    undisturbed: { hasLeft: true },
    notRestarted: { target: container, hasLeft: false },
    notReadyAgain: { target: container },
    notByLiveness: { target: container },
    recovered: { tookMs: 25_000 },
  };
  expect(wordsFor(obstacles, formatObstacle)).toMatchSnapshot('obstacles');
  expect(wordsFor(reactions, formatReaction)).toMatchSnapshot('reactions');
});

test('formats every patch', () => {
  const examples: Examples<typeof PATCHES_FOUND> = {
    memory: { container, tried: ['32Mi', '64Mi'], memory: '128Mi' },
    gracePeriod: { tookMs: 11_300, seconds: 14 },
    probeTimeout: { tookMs: 1_200, seconds: 2 },
    startupThreshold: {
      container,
      tookMs: 41_000,
      delaySeconds: 5,
      periodSeconds: 5,
      failureThreshold: 11,
      givenSeconds: 55,
    },
    startupProbe: { container, tookMs: 41_000, periodSeconds: 5, failureThreshold: 11, allowedMs: 50_000 },
    preStopSleep: {
      delay: '1s',
      sleptSeconds: 0,
      trials: [1, 2].map((seconds) => ({ seconds, isDropped: seconds === 1 })),
      graceSeconds: 30,
      addedSeconds: 2,
    },
  };
  expect(wordsFor(examples, formatPatchFound)).toMatchSnapshot();
});

test('names experiments and their trials', () => {
  const names: Examples<typeof EXPERIMENT_NAMES> = {
    undisturbed: {},
    runsToCompletion: {},
    hangs: { container },
    startsSlowly: { container },
    underTraffic: {},
    neighborHangs: { container },
    serviceHangs: { service },
    crashes: { container },
    portClosed: { container },
    serviceCut: { service },
    outOfMemory: { container },
    cpuThrottled: { container },
    diskFull: { container },
  };
  const trials: Examples<typeof TRIALS> = {
    undisturbed: {},
    hangs: { container },
    startsSlowly: { container },
    neighborHangs: { container },
    serviceHangs: { service },
    crashes: { container },
    memoryPatch: { memory: '128Mi' },
    graceTrial: { seconds: 14 },
    sleepTrial: { seconds: 2 },
    timeoutPatch: { seconds: 2 },
    startPatch: { container },
    measuredStart: { container },
    measuredResponse: { container, probe, seconds: 30 },
  };
  const targets: Examples<typeof CHECK_TARGETS> = {
    container: { container },
    hook: { hook: 'preStop', container },
    outage: { hanging: 'proxy' },
  };
  expect(wordsFor(names, formatExperiment)).toMatchSnapshot('names');
  expect(wordsFor(trials, formatTrial)).toMatchSnapshot('trials');
  expect(wordsFor(targets, formatCheckTarget)).toMatchSnapshot('targets');
});

test('formats every wait', () => {
  const waits: Examples<typeof WAITS> = {
    ready: {},
    start: { hooks: [{ container, ms: 20_000 }] },
    readyAgain: { after: effect },
    steady: {},
    noExit: {},
    initialized: {},
    running: { container },
    hook: { hook: 'preStop', container },
    slowStart: { container },
    detection: {},
    leavesEndpoints: { container },
    restart: { container },
    outOfMemory: { container },
    keptRunning: { others: ['web', 'proxy'], hanging },
    clients: {},
    response: { port: 8080 },
    success: {},
    deletion: { hooks: [{ container, ms: 45_000 }], graceMs: 60_000 },
    termination: {},
    requests: {},
    confirmation: {},
    turn: {},
  };
  const patchWaits: Examples<typeof PATCH_WAITS> = {
    steadyWithPatch: {},
    steadyMemory: {},
    withMemory: { container, memory: '128Mi' },
    withinGrace: { seconds: 14 },
    longerStart: { container },
    measuredStart: { container },
    measuredResponses: { container },
    responsesWithin: { container, seconds: 2 },
    drainedWithSleep: { seconds: 2 },
  };
  const format = (wait: WaitMessage) => formatAnnouncement({ wait });
  expect(wordsFor(waits, format)).toMatchSnapshot('of experiments');
  expect(wordsFor(patchWaits, format)).toMatchSnapshot('of searches for a patch');
});

test('names hanging containers and dependencies', () => {
  const examples: Examples<typeof HANGING> = { container: { container }, service: { service } };
  expect(wordsFor(examples, formatHanging)).toMatchSnapshot();
});

test('formats every failure of a hook', () => {
  const failures: readonly HandlerFailure[] = [
    { kind: 'refused' },
    { kind: 'timedOut' },
    { kind: 'reset' },
    { kind: 'noRoute' },
    { kind: 'notServing' },
    { kind: 'status', status: 500 },
    { kind: 'rpc', code: 'NotFound' },
    { kind: 'exit', exitCode: 7, says: 'refused' },
    { kind: 'programMissing' },
  ];
  expect(failures.map((failure) => formatHookFailure(failure, result)).join('\n')).toMatchSnapshot();
  expect(formatHookFailure(undefined, result)).toBe(formatReasonOrReceived(result));
});
