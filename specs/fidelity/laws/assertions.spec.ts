import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AssertionResult } from '../../../src/assertions/assertionResult';
import { exitedWith } from '../../../src/assertions/endings/exitedWith';
import { terminatedGracefully } from '../../../src/assertions/endings/terminatedGracefully';
import { emittedEvent } from '../../../src/assertions/events/emitted';
import { ranHook } from '../../../src/assertions/events/ranHook';
import { enteredCrashLoopBackOff } from '../../../src/assertions/restarts/crashLoop';
import { evaluateRestarts } from '../../../src/assertions/restarts/restarted';
import { restartsAtMost } from '../../../src/assertions/restarts/restartsAtMost';
import { reachedPhase } from '../../../src/assertions/status/phase';
import { becameReady } from '../../../src/assertions/status/ready';
import { becameStarted } from '../../../src/assertions/status/started';
import { staysReady } from '../../../src/assertions/status/staysReady';
import { becameUnready } from '../../../src/assertions/status/unready';
import type { Pod } from '../../../src/manifest/model';
import { historyOf } from '../../../src/timeline/history/podHistory';
import { START } from '../../../src/timeline/since';
import type { Timeline } from '../../../src/timeline/timeline';
import { WritableTimeline } from '../../../src/timeline/writableTimeline';
import { life } from '../kubelet/randomPods';
import { playLife, SEED } from './playLife';

/** The number of pods for each law. */
const RUNS = 60;

type Question = (timeline: Timeline, pod: Pod) => AssertionResult;

const QUESTIONS: Readonly<Record<string, Question>> = {
  becameReady: (timeline, pod) => becameReady(timeline, START, pod),
  becameStarted: (timeline, pod) => becameStarted(timeline, START, pod),
  'becameStarted, one container': (timeline, pod) => becameStarted(timeline, START, pod, 'app-0'),
  becameUnready: (timeline) => becameUnready(timeline, START),
  'becameUnready, twice': (timeline) => becameUnready(timeline, START, 2),
  'reachedPhase Running': (timeline) => reachedPhase(timeline, START, 'Running'),
  'reachedPhase Failed': (timeline) => reachedPhase(timeline, START, 'Failed'),
  restarted: (timeline, pod) => evaluateRestarts(timeline, START, {}, pod),
  'restarted, one container': (timeline, pod) => evaluateRestarts(timeline, START, { container: 'app-0' }, pod),
  'restarted, the other container': (timeline, pod) => evaluateRestarts(timeline, START, { container: 'app-1' }, pod),
  'restarted, an init container': (timeline, pod) => evaluateRestarts(timeline, START, { container: 'init-0' }, pod),
  enteredCrashLoopBackOff: (timeline, pod) => enteredCrashLoopBackOff(timeline, START, { container: 'app-0' }, pod),
  emittedEvent: (timeline) => emittedEvent(timeline, START, { reason: 'Killing' }, 2),
  'exitedWith 0': (timeline, pod) => exitedWith(timeline, START, { exitCode: 0, container: 'app-0' }, pod),
  'exitedWith 1, any container': (timeline, pod) => exitedWith(timeline, START, { exitCode: 1 }, pod),
  'ranHook postStart': (timeline, pod) => ranHook(timeline, START, { hook: 'postStart' }, pod),
  'ranHook preStop': (timeline, pod) => ranHook(timeline, START, { hook: 'preStop', container: 'app-0' }, pod),
  restartsAtMost: (timeline) => restartsAtMost(timeline, START, { times: 1 }),
};

test.each(Object.keys(QUESTIONS))('the final result of %s does not change afterwards', (name) => {
  const evaluate = QUESTIONS[name] as Question;
  fc.assert(
    fc.property(life, fc.integer({ min: 1, max: 200 }), (life, deletedAfterSeconds) => {
      const { events } = playLife(life, deletedAfterSeconds);
      const record = new WritableTimeline();
      const settled = events.flatMap((event) => {
        record.append(event);
        const { outcome } = evaluate(record, life.pod);
        return outcome === 'pending' ? [] : [outcome];
      });
      expect(new Set(settled).size).toBeLessThanOrEqual(1);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test('a stop is graceful if all containers exit without SIGKILL', () => {
  fc.assert(
    fc.property(life, fc.integer({ min: 1, max: 200 }), (life, deletedAfterSeconds) => {
      const timeline = playLife(life, deletedAfterSeconds);
      const deletion = timeline.events.findIndex(({ kind }) => kind === 'DeletionMarked');
      const after = timeline.events.slice(deletion);
      const isKilled = after.some((event) => event.kind === 'SignalSent' && event.signal === 'SIGKILL');
      const isHooked = historyOf(timeline).hookRuns.some(({ finished, outlived }) => finished?.failed || outlived);
      const hasStopped = after.some(({ kind }) => kind === 'Killing');
      const { outcome } = terminatedGracefully(timeline, START);
      if (isKilled) expect(outcome).toBe('failed');
      else if (!isHooked && hasStopped) expect(outcome).toBe('passed');
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test('a pod cannot stay Ready and become unready in the same time', () => {
  fc.assert(
    fc.property(life, (life) => {
      const timeline = playLife(life);
      const stays = staysReady(timeline, START).outcome;
      const lost = becameUnready(timeline, START);
      const isLostBeforeDeletion = lost.outcome === 'passed' && timeline.of('DeletionMarked').length === 0;
      if (isLostBeforeDeletion) expect(stays).toBe('failed');
      else if (stays === 'pending') expect(becameReady(timeline, START).outcome).toBe('passed');
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

/** Returns the timeline of a pod that is deleted, unless it terminates earlier. */
