import type { Probe } from '../manifest/model';
import { sumOf, type TermName, type Terms } from './terms';

/** Range of times, in milliseconds. */
export interface Span {
  readonly earliest: number;
  readonly latest: number;
}

/**
 * Longest times until the results of a probe, in milliseconds. Times from a start count from the end of postStart if
 * there is one.
 */
export interface ProbeTiming {
  /**
   * The time from the start to the first attempt. The kubelet truncates the start to whole seconds, so a delay can end
   * 1s early.
   */
  readonly firstAttempt: Span;
  /** The least time between two attempts that the app answers late. */
  readonly attemptMs: number;
  /** The longest start that the probe does not end. */
  readonly survivedStartMs: number;
  /** The longest time from a start that never succeeds to the deciding failure. */
  readonly givenUpMs: number;
  /**
   * The longest time from a fault to the deciding failure: the last success was the moment before, and each attempt
   * hangs.
   */
  readonly detectedMs: number;
  /** The longest time from the first failing attempt to the deciding failure. */
  readonly failingMs: number;
  /** The longest time from the end of a fault to the deciding success: an attempt has just begun and still fails. */
  readonly succeededMs: number;
}

/**
 * Returns how long the results of a probe take. Attempts are serial, so one that hangs delays the next one.
 *
 * Source: prober/worker.go `run`, `doProbe`; the ticker runs since before the container starts.
 */
export function probeTiming(probe: Probe): ProbeTiming {
  const { delayMs, periodMs, timeoutMs } = inMs(probe);
  const { failureThreshold, successThreshold } = probe;
  const attemptMs = Math.max(periodMs, timeoutMs);
  const failingMs = (failureThreshold - 1) * attemptMs + timeoutMs;
  return {
    firstAttempt: { earliest: delayMs, latest: delayMs + periodMs },
    attemptMs,
    survivedStartMs: delayMs + (failureThreshold - 1) * periodMs,
    givenUpMs: delayMs + periodMs + failingMs,
    detectedMs: periodMs + failingMs,
    failingMs,
    succeededMs: successThreshold * attemptMs + timeoutMs,
  };
}

/**
 * Returns the latest time of the n-th result after the start, as its summands: delay, period, (n − 1) attempts,
 * timeout.
 */
export function resultTerms(name: TermName, probe: Probe, n: number): Terms {
  const { delayMs } = inMs(probe);
  return [...(delayMs > 0 ? [{ name, times: 1, ms: delayMs }] : []), ...detectionTerms(name, probe, n)];
}

/** Returns the summands of {@link ProbeTiming.givenUpMs}. */
export function givenUpTerms(name: TermName, probe: Probe): Terms {
  return resultTerms(name, probe, probe.failureThreshold);
}

/** Returns the summands of {@link ProbeTiming.detectedMs}; `n` is the number of failures. */
export function detectionTerms(name: TermName, probe: Probe, n = probe.failureThreshold): Terms {
  const { periodMs, timeoutMs } = inMs(probe);
  return [
    { name, times: 1, ms: periodMs },
    ...(n > 1 ? [{ name, times: n - 1, ms: Math.max(periodMs, timeoutMs) }] : []),
    { name, times: 1, ms: timeoutMs },
  ];
}

/** Returns the latest time of the n-th result after the start, in milliseconds. */
export function resultMs(probe: Probe, n: number): number {
  return sumOf(resultTerms('livenessProbe', probe, n));
}

/** Returns the least failureThreshold with which a start of that length survives. */
export function thresholdToSurvive(probe: Probe, startMs: number): number {
  const { delayMs, periodMs } = inMs(probe);
  return Math.ceil(Math.max(0, startMs - delayMs) / periodMs) + 1;
}

/** Returns the least failureThreshold with which a fault takes longer than this to be detected, at the latest. */
export function thresholdToOutlast(probe: Probe, detectedMs: number): number {
  return thresholdToFailFor(probe, detectedMs + 1 - inMs(probe).periodMs);
}

/**
 * Returns the least failureThreshold with which the probe decides no sooner than this after the begin of its first
 * failing attempt.
 */
export function thresholdToFailFor(probe: Probe, failingMs: number): number {
  const { timeoutMs, periodMs } = inMs(probe);
  return Math.max(1, Math.ceil((failingMs - timeoutMs) / Math.max(periodMs, timeoutMs)) + 1);
}

/** Returns the time between two turns of a probe, in milliseconds. */
export function periodMsOf(probe: Probe): number {
  return inMs(probe).periodMs;
}

function inMs({ initialDelaySeconds, periodSeconds, timeoutSeconds }: Probe) {
  return {
    delayMs: initialDelaySeconds * 1_000,
    periodMs: Math.max(periodSeconds, 1) * 1_000,
    timeoutMs: timeoutSeconds * 1_000,
  };
}
