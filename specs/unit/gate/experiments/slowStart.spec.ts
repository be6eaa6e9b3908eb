import { describe, expect, test } from '@jest/globals';
import { makeFailed, makePassed, makePending } from '../../../../src/assertions/assertionResult';
import { slowStart } from '../../../../src/gate/experiments/slowStart';
import type { ScriptedAnswer } from '../../../../src/runtime/scripted/script';
import { killed } from '../../timeline/events';
import { failures, HEALTHY, httpGet, outcomes, pod, type Rehearsed, sentenceOf } from '../gateOf';
import { resultOf, stepFor, subjectOf } from '../subjectOf';

const sentences = async (...asked: Parameters<typeof failures>) => (await failures(...asked)).map(sentenceOf);

/** Returns the result of one check. */
async function told(check: string, rehearsed: Rehearsed): Promise<string | undefined> {
  return (await outcomes(rehearsed))[check];
}

const answers = (path: string, answer: ScriptedAnswer) => ({ http: { '8080': { [path]: answer } } });

describe('check startup-gates', () => {
  test('passes if the startup probe allows a slower start', async () => {
    const startupProbe = { httpGet, periodSeconds: 1, failureThreshold: 20 };
    expect(await told('startup-gates', { spec: pod({ startupProbe }), app: { web: HEALTHY } })).toMatchInlineSnapshot(
      `"passed: a start of web that takes 9.5s longer succeeds"`,
    );
  });

  test('never applies if the startup probe does not depend on the app', async () => {
    const startupProbe = { exec: { command: ['true'] }, periodSeconds: 1, failureThreshold: 20 };
    expect(await told('startup-gates', { spec: pod({ startupProbe }), app: { web: HEALTHY } })).toMatchInlineSnapshot(
      `"notApplicable: web started before its start could be slowed down, or its startup probe needs no response from it"`,
    );
  });

  test('never applies if the app uses more than half of its startup time', async () => {
    const startupProbe = { httpGet, periodSeconds: 1, failureThreshold: 20 };
    const app = { web: [{ at: '1m', ...answers('/healthz', 200) }] };
    expect(
      await told('startup-gates', { spec: pod({ startupProbe }), app, checks: ['startup-gates'] }),
    ).toMatchInlineSnapshot(
      `"notApplicable: web already uses more than half of the time that its startup probe allows, so a start that takes 9.5s longer exceeds that time"`,
    );
  });

  test('fails if the app does not survive a slow start', async () => {
    const startupProbe = { httpGet, periodSeconds: 1, failureThreshold: 40 };
    const app = { web: [{ at: '12s', exit: 1 }] };
    const rehearsed: Rehearsed = { spec: pod({ startupProbe }), app, checks: ['startup-gates'] };
    expect(await sentences('startup-gates', rehearsed)).toMatchInlineSnapshot(`
[
  "a start of web that takes 19.5s longer fails: web keeps exiting with 1",
]
`);
  });
});

const startupOf = (probe: object) => subjectOf(pod({ startupProbe: { httpGet, periodSeconds: 1, ...probe } }));

describe('slowStart', () => {
  /** Returns how long the container is frozen, in milliseconds. */
  const frozenFor = (probe: object) => {
    const [experiment] = slowStart.experimentsFor(startupOf(probe));
    const { window } = (experiment && stepFor('startup-gates', experiment)) ?? {};
    return window?.kind === 'for' ? window.ms : undefined;
  };

  test('freezes for half of the allowed startup time, 20s at most', () => {
    expect(frozenFor({ failureThreshold: 20 })).toBe(9_500);
    expect(frozenFor({ failureThreshold: 11, initialDelaySeconds: 10 })).toBe(10_000);
    expect(frozenFor({ failureThreshold: 600 })).toBe(20_000);
  });

  test('skips a probe that allows no slow start, and a container without a startup probe', () => {
    expect(slowStart.experimentsFor(startupOf({ failureThreshold: 1 }))).toEqual([]);
    expect(slowStart.experimentsFor(subjectOf(pod()))).toEqual([]);
  });

  test('freezes the container as soon as it runs, and always thaws it', () => {
    const [experiment] = slowStart.experimentsFor(startupOf({ failureThreshold: 20 }));
    expect(experiment?.steps.slice(1, 3)).toEqual([
      { do: 'waitUntilRunning', container: 'web' },
      { do: 'freeze', container: 'web' },
    ]);
    expect(experiment?.steps).toContainEqual({ finally: { do: 'thaw', container: 'web' } });
  });

  test('returns no result while the container survives', () => {
    const subject = startupOf({ failureThreshold: 20 });
    const [experiment] = slowStart.experimentsFor(subject);
    const step = experiment && stepFor('startup-gates', experiment);
    expect(resultOf(step, subject, { result: makePending('noneKilled') })).toBeUndefined();
    expect(
      resultOf(step, subject, {
        result: makePassed(undefined, { kind: 'started', container: 'web', isStarted: true }),
      }),
    ).toMatchObject({
      outcome: 'notApplicable',
      message: { kind: 'startedBefore', container: 'web', isExec: false },
    });
  });

  test('blames a startup probe only if it failed before its own limit', () => {
    const subject = startupOf({ failureThreshold: 20 });
    const [experiment] = slowStart.experimentsFor(subject);
    const step = experiment && stepFor('startup-gates', experiment);
    const outcomeAt = (seconds: number) =>
      resultOf(step, subject, {
        result: makeFailed(killed(seconds, 'startup')[0], { kind: 'probeKill', container: 'web', probe: 'startup' }),
        from: 1,
      })?.outcome;
    expect(outcomeAt(19)).toBe('failed');
    expect(outcomeAt(20)).toBe('notApplicable');
  });
});
