import { describe, expect, test } from '@jest/globals';
import { UnjudgedAttempts } from '../../../../src/agent/overload/unjudgedAttempts';
import type { Probe } from '../../../../src/manifest/model';
import type { ProbeType, RuntimeEvent } from '../../../../src/timeline/event';
import { podOf, web } from '../../matchers/replay';
import { s } from '../../timeline/events';

const probe: Probe = {
  httpGet: { path: '/', port: 8080, scheme: 'HTTP' },
  periodSeconds: 1,
  timeoutSeconds: 1,
  failureThreshold: 3,
  successThreshold: 1,
  initialDelaySeconds: 0,
};
const WHY = 'web had waited 0.6s of 1.0s for a CPU when a probe of web timed out';

/**
 * Returns the number of attempts until the run is aborted, or undefined. Each letter is an attempt: S succeeds, F
 * fails, D fails and decides, U is unjudged, and N starts a new instance.
 */
function abortedAfter(type: ProbeType, letters: string): number | undefined {
  const pod = podOf({ containers: [web({ [`${type}Probe`]: probe })] });
  const attempts = new UnjudgedAttempts(pod);
  for (const [index, letter] of [...letters].entries()) {
    try {
      if (letter === 'U') attempts.add({ container: 'web', probe: type, at: s(index), why: WHY });
      else attempts.onEvent(letter === 'N' ? started(index) : finished(index, type, letter));
    } catch (error) {
      expect((error as Error).message).toMatch(`machine overloaded: ${WHY}`);
      return index + 1;
    }
  }
  return undefined;
}

const started = (seconds: number): RuntimeEvent => ({
  source: 'runtime',
  kind: 'ContainerStarted',
  at: s(seconds),
  container: 'web',
  id: `web-${seconds}`,
  attempt: 0,
});

const finished = (seconds: number, type: ProbeType, letter: string): RuntimeEvent => ({
  source: 'runtime',
  kind: 'ProbeFinished',
  at: s(seconds),
  container: 'web',
  probe: type,
  result: letter === 'S' ? 'Success' : 'Failure',
  output: '',
  tookMs: 3,
  run: letter === 'D' ? 3 : 1,
  threshold: letter === 'S' ? 1 : 3,
});

describe('UnjudgedAttempts', () => {
  test('continues the run if unjudged attempts cannot reach the failure threshold', () => {
    expect(abortedAfter('liveness', 'SUUSUUSFUSUFS')).toBeUndefined();
    expect(abortedAfter('startup', 'UUSUU')).toBeUndefined();
  });

  test('aborts the run once unjudged attempts could have reached the failure threshold', () => {
    expect(abortedAfter('liveness', 'SUUU')).toBe(4);
    expect(abortedAfter('liveness', 'SFFU')).toBe(4);
    expect(abortedAfter('liveness', 'SUFF')).toBe(4);
    expect(abortedAfter('startup', 'FUFF')).toBe(3);
  });

  test('continues the run if failures alone reach the threshold', () => {
    expect(abortedAfter('liveness', 'SFFDNUUS')).toBeUndefined();
  });

  test('keeps the count of attempts if the container crashes, like the kubelet', () => {
    expect(abortedAfter('liveness', 'SFUNF')).toBe(5);
  });

  test('aborts the run for a readiness probe only if the container was Ready', () => {
    expect(abortedAfter('readiness', 'UUUUFFUS')).toBeUndefined();
    expect(abortedAfter('readiness', 'UUUUSUUU')).toBe(8);
    expect(abortedAfter('readiness', 'SFFDUUU')).toBeUndefined();
    expect(abortedAfter('readiness', 'SNUUU')).toBeUndefined();
  });

  test('returns why the result of an attempt since an instant is unknown', () => {
    const attempts = new UnjudgedAttempts(podOf({ containers: [web({ readinessProbe: probe })] }));
    expect(attempts.since(s(0))).toBeUndefined();
    attempts.add({ container: 'web', probe: 'readiness', at: s(5), why: WHY });
    expect(attempts.since(s(5))).toBe(WHY);
    expect(attempts.since(s(6))).toBeUndefined();
  });
});
