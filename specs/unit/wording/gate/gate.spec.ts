import { expect, test } from '@jest/globals';
import { CHECK_TITLES, formatNotApplicable, type NOT_APPLICABLE } from '../../../../src/wording/gate/checks';
import { type CUTS, formatCut } from '../../../../src/wording/gate/cuts';
import { FAULT_TEXTS } from '../../../../src/wording/gate/faults';
import { formatGap, type GAPS } from '../../../../src/wording/gate/gaps';
import { LOOKED_FOR, OBSERVATION_ADVICE } from '../../../../src/wording/gate/observationAdvice';
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
import { formatMiss, type MISSES } from '../../../../src/wording/gate/results/misses';
import type { OUTAGES_AND_TRAFFIC } from '../../../../src/wording/gate/results/outages';
import type { STEADY_STATE } from '../../../../src/wording/gate/results/steadyState';
import { type Examples, wordsFor } from './words';

// The words of the gate, to be read from top to bottom in the snapshot.

const container = 'web';
const probe = 'liveness';
const service = 'db';
const effect = { kind: 'hung', container } as const;
const unobserved = { container, probe, attempts: 1, needed: 3 } as const;
const requests = [{ path: '/', port: 8080 }];
const why = 'web runs, but its readiness probe fails: HTTP probe failed with statuscode: 503';
const obstacle = 'the selector of web matches no pod';
const observation = { kind: 'flappingReadiness', container, times: 2, why: 'connection refused' } as const;
const trouble = { kind: 'late', cause: 'shutdown-longer-than-grace', exitCode: 0 } as const;

test('titles of checks', () => {
  expect(CHECK_TITLES).toMatchSnapshot();
});

test('checks that do not apply', () => {
  const examples: Examples<typeof NOT_APPLICABLE> = {
    meantToEnd: { restartPolicy: 'Never' },
    publishesNotReady: {},
    lacking: { check: 'drains' },
  };
  expect(wordsFor(examples, formatNotApplicable)).toMatchSnapshot();
});

test('faults of the matrix', () => {
  const lines = Object.values(FAULT_TEXTS).map(({ name, how, right }) => `${name}: ${how}. Right: ${right}`);
  expect(lines.join('\n')).toMatchSnapshot();
});

test('gaps', () => {
  const examples: Examples<typeof GAPS> = {
    leftOut: { checks: 17 },
    obstructedService: { obstacle: 'the selector of web matches no pod' },
    assumedService: {},
    unnamedPaths: {},
    unnamedServices: {},
    unlimitedMemory: { container },
    unmeasuredMemory: {},
    shortMemory: {},
    fewRequests: { least: 60 },
    quickRequests: {},
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

test('observations', () => {
  const examples: Examples<typeof OBSERVATIONS> = {
    redirectedProbe: { container, probe, location: 'https://login.example.com/' },
    probeWithoutResult: { container, probe, output: 'exec: "curl": executable file not found in $PATH' },
    flappingReadiness: { container, times: 2, why: 'HTTP probe failed with statuscode: 503' },
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
    leftProcesses: { container, count: 3, program: '"sleep 60"', attempts: 3 },
    errorsWhileReady: {
      service: 'the service db',
      failed: 8,
      of: 9,
      traffic: 'GET / on port 8080',
      failure: 'HTTP 500',
    },
    disturbedByTraffic: { disturbance: { kind: 'exited', container, exitCode: 1 } },
  };
  expect(wordsFor(examples, formatObservation)).toMatchSnapshot();
  expect(OBSERVATION_ADVICE).toMatchSnapshot('advice');
  expect(LOOKED_FOR).toMatchSnapshot('looked for');
});

test('results of any check', () => {
  const examples: Examples<typeof COMMON_RESULTS> = {
    accepted: {},
    rejected: { field: 'spec.containers', reason: 'Required value' },
    noFinding: {},
    finding: { why: 'the liveness probe of web is the same as its readiness probe' },
    failedBefore: { failed: 'valid' },
    cut: { experiment: { kind: 'hangs', container }, cut: { kind: 'outOfTime' } },
    notApplicable: { reason: { kind: 'lacking', check: 'init-order' } },
    obstructed: { obstacle: { kind: 'noPort', container } },
    notObserved: { gap: { kind: 'unmeasuredMemory' } },
    observed: { observation },
  };
  expect(wordsFor(examples, formatCheckMessage)).toMatchSnapshot();
});

test('results of a pod that is left alone', () => {
  const hook = { hook: 'preStop', container } as const;
  const examples: Examples<typeof STEADY_STATE> = {
    ready: { tookMs: 7_400 },
    notReady: { disturbance: { kind: 'reported', why } },
    steady: { windowMs: 60_000, unobserved },
    unsteady: { disturbance: { kind: 'exited', container, exitCode: 1 } },
    flapping: { observation },
    probesHaveResults: {},
    nothingExits: {},
    completedEarly: { container, restartPolicy: 'Always' },
    initialized: { ended: ['migrate', 'seed'].map((name, at) => ({ container: name, at: (at + 1) * 1_000 })) },
    hookSucceeds: hook,
    hookFailsHarmlessly: { ...hook, why: 'connection refused' },
    hookFails: { ...hook, why: 'command exited with 1' },
    hookOutlived: hook,
    noProcessLeft: {},
    restartedMeanwhile: {},
    unreadableProcesses: {},
  };
  expect(wordsFor(examples, formatCheckMessage)).toMatchSnapshot();
});

test('results of a fault', () => {
  const examples: Examples<typeof FAULT_RESULTS> = {
    leavesEndpoints: { container, tookMs: 4_000, isByRestart: true, isAssumed: true },
    staysInEndpoints: { container, miss: { kind: 'exec', probe: 'readiness' } },
    neverInEndpoints: { obstacle },
    hangDetected: { container, tookMs: 41_000, pauseMs: 31_000 },
    hangMissed: { container, miss: { kind: 'tcp', probe, request: 'httpGet' } },
    hangUnobserved: { unobserved },
    readyAgain: { effect, tookMs: 3_100 },
    notReadyAgain: { effect, why },
    restartedAfterCrash: { container, tookMs: 40 },
    notRestartedAfterCrash: { container, why },
    startedBefore: { container, isExec: true },
    beyondBudget: { container, slowMs: 15_000 },
    slowStartKept: { container, slowMs: 15_000 },
    slowStartFails: { container, slowMs: 15_000, why },
  };
  expect(wordsFor(examples, formatCheckMessage)).toMatchSnapshot();
});

test('results of an outage, and of traffic', () => {
  const examples: Examples<typeof OUTAGES_AND_TRAFFIC> = {
    leftAlone: { hanging: 'the service db', others: ['web', 'proxy'] },
    outageUnobserved: { hanging: 'proxy', unobserved },
    restartedInOutage: { hanging: 'proxy', container },
    exitsInOutage: { hanging: 'the service db', container, received: 'web exited with 1' },
    servedInOutage: { hanging: 'the service db' },
    noTraffic: { ports: [8080, 9090] },
    served: { requests, isAssumed: true },
    memoryStays: {},
  };
  expect(wordsFor(examples, formatCheckMessage)).toMatchSnapshot();
});

test('results of a pod that ends', () => {
  const examples: Examples<typeof ENDINGS> = {
    terminated: { tookMs: 2_000 },
    notTerminated: { why: 'web was killed after 10.0s', trouble },
    drained: { requests, isAssumed: false },
    dropped: { received: '2 of 40 requests were dropped', requests, causes: [{ kind: 'stayedReady' }] },
    stillAtWork: { afterMs: 60_000 },
    completed: { tookMs: 5_000 },
    notCompleted: { why: 'web exited with 1', isFinal: true },
  };
  expect(wordsFor(examples, formatCheckMessage)).toMatchSnapshot();
});

test('reasons of a result', () => {
  const disturbances: Examples<typeof DISTURBANCES> = {
    oomKilled: { container, process: { name: 'node', pid: 7, residentBytes: 132_000_000 }, limit: '128Mi' },
    killedByProbe: { container, probe, output: 'HTTP probe failed with statuscode: 503' },
    exited: { container, exitCode: 1 },
    reported: { why },
  };
  const misses: Examples<typeof MISSES> = {
    tcp: { probe, request: 'other' },
    exec: { probe },
    response: { probe },
    reported: { why },
  };
  const dropCauses: Examples<typeof DROP_CAUSES> = {
    errors: { container, statuses: ['500', '503'], afterMs: 20, signal: 'SIGTERM' },
    exited: { container, afterMs: 1_300, exitCode: 143, isUnhandled: true },
    signal: { trouble },
    stayedReady: {},
  };
  const cuts: Examples<typeof CUTS> = {
    outOfTime: {},
    baseless: { failed: 'stays-ready' },
    failedBefore: { failed: 'valid' },
    notReady: { why },
    notRunning: {},
    aborted: { error: 'container engine: does not answer any more' },
    noResult: { error: 'container engine: does not answer any more' },
    ended: {},
    complete: {},
  };
  expect(wordsFor(disturbances, formatDisturbance)).toMatchSnapshot('disturbances');
  expect(wordsFor(misses, formatMiss)).toMatchSnapshot('misses');
  expect(wordsFor(dropCauses, formatDropCause)).toMatchSnapshot('dropped requests');
  expect(wordsFor(cuts, formatCut)).toMatchSnapshot('experiments that end early');
});

test('faults that cannot be injected, and reactions to others', () => {
  const obstacles: Examples<typeof OBSTACLES> = {
    noService: {},
    noPort: { container },
    noCPURequest: { container },
    noMemoryLimit: { container },
    noBoundedVolume: { container },
    fixedNetwork: {},
    fixedService: { service },
    fixedCPU: {},
    fixedMemory: {},
    noCommands: {},
    unfilledVolume: { mountPath: '/cache', output: '' },
    enoughMemory: { container, mebi: 30 },
  };
  const reactions: Examples<typeof REACTIONS> = {
    obstructed: { obstacle: { kind: 'noService' } },
    refusedByEngine: { error: 'web: no cgroup' },
    cut: { cut: { kind: 'outOfTime' } },
    notInjected: {},
    unobserved: { unobserved },
    restartedInVain: { container },
    undisturbed: { hasLeft: true },
    notRestarted: { target: container, hasLeft: false },
    notReadyAgain: { target: container },
    notByLiveness: { target: container },
    recovered: { tookMs: 25_000 },
  };
  expect(wordsFor(obstacles, formatObstacle)).toMatchSnapshot('obstacles');
  expect(wordsFor(reactions, formatReaction)).toMatchSnapshot('reactions');
});

test('patches', () => {
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
    startupProbe: { container, tookMs: 41_000, advice: 'a startupProbe with failureThreshold 11' },
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

test('experiments, and what is tried on their pods', () => {
  const names: Examples<typeof EXPERIMENT_NAMES> = {
    leftAlone: {},
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
    leftAlone: {},
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

test('waits', () => {
  const waits: Examples<typeof WAITS> = {
    ready: {},
    start: { hooks: [{ container, ms: 20_000 }] },
    readyAgain: { after: effect },
    steady: {},
    noExit: {},
    initialized: {},
    running: { container },
    hook: { hook: 'preStop', container },
    keptDuringStart: { container },
    detection: {},
    leavesEndpoints: { container },
    restart: { container },
    outOfMemory: { container },
    leftAlone: { others: ['web', 'proxy'], hanging: 'cache' },
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
