import { describe, expect, test } from '@jest/globals';
import { failed, passed, pending } from '../../../../src/assertions/assertionResult';
import { slowStart } from '../../../../src/gate/experiments/slowStart';
import type { ScriptedAnswer } from '../../../../src/runtime/scripted/script';
import { killed } from '../../timeline/events';
import { failures, HEALTHY, httpGet, outcomes, pod, type Rehearsed, sentenceOf } from '../gateOf';
import { resultOf, stepFor, subjectOf } from '../subjectOf';

const sentences = async (...asked: Parameters<typeof failures>) => (await failures(...asked)).map(sentenceOf);

/** What one check comes to. */
async function told(check: string, rehearsed: Rehearsed): Promise<string | undefined> {
  return (await outcomes(rehearsed))[check];
}

const answers = (path: string, answer: ScriptedAnswer) => ({ http: { '8080': { [path]: answer } } });

describe('startup-gates', () => {
  test('a start that is slower than usual', async () => {
    const startupProbe = { httpGet, periodSeconds: 1, failureThreshold: 20 };
    expect(await told('startup-gates', { spec: pod({ startupProbe }), app: { web: HEALTHY } })).toMatchInlineSnapshot(
      `"passed: a start of web that takes 9.5s longer is waited for"`,
    );
  });

  test('a startup probe that asks nothing of the app', async () => {
    const startupProbe = { exec: { command: ['true'] }, periodSeconds: 1, failureThreshold: 20 };
    expect(await told('startup-gates', { spec: pod({ startupProbe }), app: { web: HEALTHY } })).toMatchInlineSnapshot(
      `"notApplicable: web was up before it could be slowed down, or its startup probe asks nothing of it"`,
    );
  });

  test('an app that itself takes most of what its startup probe allows', async () => {
    const startupProbe = { httpGet, periodSeconds: 1, failureThreshold: 20 };
    const app = { web: [{ at: '1m', ...answers('/healthz', 200) }] };
    expect(
      await told('startup-gates', { spec: pod({ startupProbe }), app, checks: ['startup-gates'] }),
    ).toMatchInlineSnapshot(
      `"notApplicable: web itself takes more than half of what its startup probe allows: a start that is 9.5s slower is beyond that"`,
    );
  });

  test('an app that does not survive a slow start', async () => {
    const startupProbe = { httpGet, periodSeconds: 1, failureThreshold: 40 };
    const app = { web: [{ at: '12s', exit: 1 }] };
    const rehearsed: Rehearsed = { spec: pod({ startupProbe }), app, checks: ['startup-gates'] };
    expect(await sentences('startup-gates', rehearsed)).toMatchInlineSnapshot(`
[
  "a start of web that takes 19.5s longer fails: web ends again and again, with exit code 1",
]
`);
  });
});

const startupOf = (probe: object) => subjectOf(pod({ startupProbe: { httpGet, periodSeconds: 1, ...probe } }));

describe('slowStart', () => {
  /** For how long the container is frozen, in milliseconds. */
  const frozenFor = (probe: object) => {
    const [experiment] = slowStart.experimentsFor(startupOf(probe));
    const { window } = (experiment && stepFor('startup-gates', experiment)) ?? {};
    return window?.kind === 'for' ? window.ms : undefined;
  };

  test('freezes for half of the start that the startup probe survives, 20 seconds at most', () => {
    expect(frozenFor({ failureThreshold: 20 })).toBe(9_500);
    expect(frozenFor({ failureThreshold: 11, initialDelaySeconds: 10 })).toBe(10_000);
    expect(frozenFor({ failureThreshold: 600 })).toBe(20_000);
  });

  test('leaves out a probe that allows no slow start, and a container without one', () => {
    expect(slowStart.experimentsFor(startupOf({ failureThreshold: 1 }))).toEqual([]);
    expect(slowStart.experimentsFor(subjectOf(pod()))).toEqual([]);
  });

  test('freezes the container as soon as it runs, and thaws it in any case', () => {
    const [experiment] = slowStart.experimentsFor(startupOf({ failureThreshold: 20 }));
    expect(experiment?.steps.slice(1, 3)).toEqual([
      { do: 'waitUntilRunning', container: 'web' },
      { do: 'freeze', container: 'web' },
    ]);
    expect(experiment?.steps).toContainEqual({ finally: { do: 'thaw', container: 'web' } });
  });

  test('has no result as long as the container is kept', () => {
    const subject = startupOf({ failureThreshold: 20 });
    const [experiment] = slowStart.experimentsFor(subject);
    const step = experiment && stepFor('startup-gates', experiment);
    expect(resultOf(step, subject, { result: pending('noneKilled') })).toBeUndefined();
    expect(
      resultOf(step, subject, { result: passed(undefined, { kind: 'started', container: 'web', isStarted: true }) }),
    ).toMatchObject({
      outcome: 'notApplicable',
      message: { kind: 'startedBefore', container: 'web', isExec: false },
    });
  });

  test('blames a startup probe only if it gave up before its own time', () => {
    const subject = startupOf({ failureThreshold: 20 });
    const [experiment] = slowStart.experimentsFor(subject);
    const step = experiment && stepFor('startup-gates', experiment);
    const outcomeAt = (seconds: number) =>
      resultOf(step, subject, {
        result: failed(killed(seconds, 'startup')[0], { kind: 'probeKill', container: 'web', probe: 'startup' }),
        from: 1,
      })?.outcome;
    expect(outcomeAt(19)).toBe('failed');
    expect(outcomeAt(20)).toBe('notApplicable');
  });
});
