import { expect, test } from '@jest/globals';
import { LiveProgress, plainProgress, trackPodTime } from '../../../../src/cli/gate/progress';
import type { TargetResult } from '../../../../src/gate/model/targetResult';
import type { Progress } from '../../../../src/gate/runner/runExperiments';
import { PodTime } from '../../../../src/gate/runner/session/podTime';

const FAILED: TargetResult = { check: 'recovers', outcome: 'failed', message: { kind: 'noTraffic', ports: [8080] } };
const PASSED: TargetResult = { check: 'recovers', outcome: 'passed', message: { kind: 'noOOMKill' } };

/** Reports two scenarios, with one tick of the clock between the steps. */
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

test('prints one line with the time for each step in a log', () => {
  const { now, tick } = clock();
  const lines: string[] = [];
  play(
    plainProgress((line) => lines.push(line), now),
    tick,
  );
  expect(lines).toEqual([
    '   +0.0s  web hangs: started',
    '   +1.0s  web hangs: waiting for Ready',
    '   +2.0s  left alone: started',
    '   +4.0s  web hangs: failed: port 8080 of the pod returned no HTTP response, or only errors of the server',
    '   +5.0s  left alone: passed',
  ]);
});

test('redraws the running scenarios in a terminal, and keeps finished ones above', () => {
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
    '  web hangs    0s  starting',
    '  web hangs    1s  waiting for Ready',
    '  web hangs     2s  waiting for Ready\n  left alone    0s  starting',
    '  web hangs     3s  removing the pod\n  left alone    1s  starting',
    'kept:    +4.0s  web hangs: failed: port 8080 of the pod returned no HTTP response, or only errors of the server',
    '  left alone    2s  starting',
    'kept:    +5.0s  left alone: passed',
    '',
    'cleared',
  ]);
});

test('prefixes each scenario with its workload if there are several', () => {
  const lines: string[] = [];
  const plain = plainProgress(
    (line) => lines.push(line),
    () => 0,
  );
  trackPodTime(plain, new PodTime(), 'Deployment/web: ').onWaiting('left alone', 'Ready');
  expect(lines).toEqual(['   +0.0s  Deployment/web: left alone: waiting for Ready']);
});

test('counts time once while several pods run', () => {
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
