import { describe, expect, test } from '@jest/globals';
import { makeFailed, makePending } from '../../../../src/assertions/assertionResult';
import { outages, serviceCut } from '../../../../src/gate/experiments/outages';
import type { Actor } from '../../../../src/gate/model/actor';
import type { ScriptedAnswer } from '../../../../src/runtime/scripted/script';
import { killed, probed } from '../../timeline/events';
import { failures, outcomes, pod, type Rehearsed, sentenceOf, web } from '../gateOf';
import { resultOf, stepFor, subjectOf } from '../subjectOf';

const sentences = async (...asked: Parameters<typeof failures>) => (await failures(...asked)).map(sentenceOf);

/** Returns the result of one check. */
async function told(check: string, rehearsed: Rehearsed): Promise<string | undefined> {
  return (await outcomes(rehearsed))[check];
}

const answers = (path: string, answer: ScriptedAnswer) => ({ http: { '8080': { [path]: answer } } });

const OPEN = {
  web: [
    { at: '0s', ...answers('/healthz', 200), tcp: { '8080': 'open' as const }, onTerm: { exitAfter: '1s', code: 0 } },
  ],
};

const CACHE = { name: 'cache', image: 'cache' };

/** Makes web hang whenever its cache hangs. */
function dependent(actor: Actor): Actor {
  const both = (act: 'freeze' | 'thaw') => async () => {
    await actor.container('cache')[act]();
    await actor.container('web')[act]();
  };
  return new Proxy(actor, {
    get(target, key) {
      if (key === 'container') {
        return (name: string) =>
          name === 'cache'
            ? { freeze: both('freeze'), thaw: both('thaw'), kill: async () => {} }
            : target.container(name);
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Runs an action on a pod while its database hangs. */
const withDatabase = (onHang: (actor: Actor) => Promise<void>) => (actor: Actor) =>
  Object.assign(actor, { service: () => ({ freeze: () => onHang(actor), thaw: async () => {} }) });

describe('check probe-independence', () => {
  test('passes if the other containers keep running while one hangs', async () => {
    const spec = { ...pod(), containers: [web(), CACHE] };
    expect(await told('probe-independence', { spec, app: OPEN })).toMatchInlineSnapshot(
      `"passed: cache does not restart while web hangs; web does not restart while cache hangs"`,
    );
  });

  test('fails if a liveness probe depends on another container', async () => {
    const spec = { ...pod(), containers: [web(), CACHE] };
    const asked: Rehearsed = { spec, app: OPEN, disguise: dependent, checks: ['probe-independence'] };
    expect(await sentences('probe-independence', asked)).toMatchInlineSnapshot(`
[
  "web restarts whenever cache hangs, because its liveness probe checks more than web itself",
]
`);
  });

  test('passes if the pod waits while a service hangs', async () => {
    const disguise = withDatabase(async () => {});
    expect(
      await told('probe-independence', { spec: pod(), app: OPEN, disguise, subject: { services: ['db'] } }),
    ).toMatchInlineSnapshot(`"passed: web does not restart while the dependency db hangs"`);
  });

  test('fails if the app exits while a service hangs', async () => {
    const disguise = withDatabase((actor) => actor.container('web').kill());
    expect(
      await sentences('probe-independence', { spec: pod(), app: OPEN, disguise, subject: { services: ['db'] } }),
    ).toMatchInlineSnapshot(`
[
  "web exits whenever the dependency db hangs: web exited with 137 without a stop signal",
]
`);
  });
});

describe('outages', () => {
  const TWO = { ...pod(), containers: [web(), CACHE] };

  test('need a second container or a service', () => {
    expect(outages.experimentsFor(subjectOf(pod()))).toEqual([]);
    expect(outages.gapsOf?.(subjectOf(pod()))).toEqual([
      { check: 'probe-independence', gap: { kind: 'unnamedServices' } },
    ]);
    expect(outages.gapsOf?.(subjectOf(pod(), { services: ['db'] }))).toEqual([]);
  });

  test('freeze each container without its own liveness probe, which would end the outage', () => {
    const experiments = outages.experimentsFor(subjectOf(TWO));
    expect(experiments.map(({ name, change }) => [name, change])).toEqual([
      [
        { kind: 'neighborHangs', container: 'web' },
        { kind: 'withoutLiveness', container: 'web' },
      ],
      [
        { kind: 'neighborHangs', container: 'cache' },
        { kind: 'withoutLiveness', container: 'cache' },
      ],
    ]);
    expect(experiments[0]?.steps.slice(2, 3)).toEqual([{ do: 'freeze', container: 'web' }]);
  });

  test('freeze a service while no other experiment runs, and always thaw it', () => {
    const [experiment] = outages.experimentsFor(subjectOf(pod(), { services: ['db'] }));
    expect(experiment?.isExclusive).toBe(true);
    expect(experiment?.steps).toContainEqual({ finally: { do: 'thawService', service: 'db' } });
  });

  test('name the liveness probe of a container that it kills', () => {
    const subject = subjectOf(TWO);
    const [, experiment] = outages.experimentsFor(subject);
    const step = experiment && stepFor('probe-independence', experiment);
    const [killing] = killed(30, 'liveness');
    expect(
      resultOf(step, subject, {
        result: makeFailed(killing, { kind: 'probeKill', container: 'web', probe: 'liveness' }),
      }),
    ).toMatchObject({
      outcome: 'failed',
      cause: 'liveness-on-dependency',
      field: 'spec.containers[0].livenessProbe',
    });
  });

  test('return notRun if a liveness probe had too few attempts to fail', () => {
    const subject = subjectOf(TWO);
    const [, experiment] = outages.experimentsFor(subject);
    const step = experiment && stepFor('probe-independence', experiment);
    const result = makePending('noneDown');
    const attempts = (count: number) =>
      Array.from({ length: count }, (_, n) => probed(20 + 5 * n, 'liveness', 'Success', n + 1));
    expect(resultOf(step, subject, { result, events: [attempts(2)], from: 10 })).toMatchObject({
      outcome: 'notRun',
      container: 'web',
    });
    expect(resultOf(step, subject, { result, events: [attempts(3)], from: 10 })?.outcome).toBe('passed');
    expect(resultOf(step, subject, { result, events: [attempts(3)], from: 22 })?.outcome).toBe('notRun');
  });
});

describe('serviceCut', () => {
  test('cuts off each service and reconnects it', () => {
    const experiments = serviceCut.experimentsFor(subjectOf(pod(), { services: ['db', 'cache'] }));
    expect(experiments.map(({ fault, isExclusive }) => [fault?.target, isExclusive])).toEqual([
      ['db', true],
      ['cache', true],
    ]);
    expect(experiments[0]?.steps.at(-1)).toEqual({ finally: { do: 'joinService', service: 'db' } });
  });

  test('never applies to a pod without services', () => {
    const [experiment] = serviceCut.experimentsFor(subjectOf(pod()));
    expect(experiment?.notApplicable).toEqual({ kind: 'noService' });
  });
});
