import { expect, test } from '@jest/globals';
import { LiveProgress, plainProgress, timed } from '../../../../src/cli/gate/progress';
import type { TargetResult } from '../../../../src/gate/model/targetResult';
import type { Progress } from '../../../../src/gate/runner/runExperiments';
import { PodTime } from '../../../../src/gate/runner/session/podTime';

const FAILED: TargetResult = { check: 'recovers', outcome: 'failed', message: { kind: 'noTraffic', ports: [8080] } };
const PASSED: TargetResult = { check: 'recovers', outcome: 'passed', message: { kind: 'memoryStays' } };

/** Two scenarios, a second from each thing to the next. */
function play(progress: Progress, tick: () => void): void {
  const steps = [
    () => progress.onStarted('web hangs'),
    () => progress.onWaiting('web hangs', 'Ready'),
    () => progress.onStarted('left alone'),
    () => progress.onPlayed('web hangs'),
    () => progress.onFinished('web hangs', [PASSED, FAILED]),
    () => progress.onFinished('left alone', [PASSED]),
  ];
  for (const step of steps) {
    step();
    tick();
  }
}

function clock() {
  let ms = 0;
  return { now: () => ms, tick: () => (ms += 1_000) };
}

test('a log has a line for each thing that happens, with its time', () => {
  const { now, tick } = clock();
  const lines: string[] = [];
  play(
    plainProgress((line) => lines.push(line), now),
    tick,
  );
  expect(lines).toEqual([
    '   +0.0s  web hangs: started',
    '   +1.0s  web hangs: waits for Ready',
    '   +2.0s  left alone: started',
    '   +4.0s  web hangs: failed: port 8080 of the pod returned no HTTP response, or only errors of the server',
    '   +5.0s  left alone: passed',
  ]);
});

test('a terminal shows what runs, since when and what it waits for, and keeps what is over above', () => {
  const { now, tick } = clock();
  const shown: string[] = [];
  const live = new LiveProgress(
    {
      draw: (lines) => shown.push(lines.join('\n')),
      keep: (line) => shown.push(`kept: ${line}`),
      clear: () => shown.push('cleared'),
    },
    now,
  );
  play(live, tick);
  live.close();
  expect(shown).toEqual([
    '  web hangs    0s  starts',
    '  web hangs    1s  waits for Ready',
    '  web hangs     2s  waits for Ready\n  left alone    0s  starts',
    '  web hangs     3s  is cleared away\n  left alone    1s  starts',
    'kept:    +4.0s  web hangs: failed: port 8080 of the pod returned no HTTP response, or only errors of the server',
    '  left alone    2s  starts',
    'kept:    +5.0s  left alone: passed',
    '',
    'cleared',
  ]);
});

test('of several workloads each scenario is told with its own', () => {
  const lines: string[] = [];
  const plain = plainProgress(
    (line) => lines.push(line),
    () => 0,
  );
  timed(plain, new PodTime(), 'Deployment/web: ').onWaiting('left alone', 'Ready');
  expect(lines).toEqual(['   +0.0s  Deployment/web: left alone: waits for Ready']);
});

test('time is the pods’ while there is one, and only once while there are several', () => {
  const { now, tick } = clock();
  const time = new PodTime(now);
  time.begin('one');
  tick();
  time.begin('other');
  tick();
  time.end('one');
  tick();
  time.end('other');
  tick();
  expect(time.ms).toBe(3_000);
});
