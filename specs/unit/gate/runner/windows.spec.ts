import { expect, test } from '@jest/globals';
import type { Actor } from '../../../../src/gate/model/actor';
import { failures, HEALTHY, httpGet, outcomes, pod, type Rehearsed, web } from '../gateOf';

// A window starts when the probe that must detect the fault can detect it.

const LATE = { httpGet, initialDelaySeconds: 60, periodSeconds: 5 };

async function result(check: string, rehearsed: Rehearsed): Promise<string | undefined> {
  return (await outcomes({ ...rehearsed, checks: [check as never] }))[check];
}

test('liveness-detects-hang waits for the initial delay of the liveness probe', async () => {
  expect(
    await result('liveness-detects-hang', { spec: pod({ livenessProbe: LATE }), app: { web: HEALTHY } }),
  ).toMatchInlineSnapshot(
    `"passed: web restarts 1m20s after it hangs. A pause of 1m10s is enough for its liveness probe to kill it."`,
  );
});

test('liveness-detects-hang waits only for the rest of the initial delay', async () => {
  const tcp = [{ ...HEALTHY[0], at: '0s', tcp: { '8080': 'open' as const } }];
  const livenessProbe = { tcpSocket: { port: 8080 }, initialDelaySeconds: 60, periodSeconds: 5 };
  const [failure] = await failures('liveness-detects-hang', { spec: pod({ livenessProbe }), app: { web: tcp } });
  expect(failure?.message).toMatchObject({
    kind: 'hangNotDetected',
    miss: { kind: 'tcpStillConnects', probe: 'liveness' },
  });
  // A delay of 60s, a detection time of 5 + 2 × 5 + 1 s, a grace period of 10s, and our allowances of 2s and 10s.
  expect(failure?.record?.timeline.now).toBe(98_000);
});

const CACHE = { name: 'cache', image: 'cache' };

/** Makes web hang whenever its cache hangs. */
function dependent(actor: Actor): Actor {
  const container = actor.container.bind(actor);
  const both = (act: 'freeze' | 'thaw') => async () => {
    await container('cache')[act]();
    await container('web')[act]();
  };
  return Object.assign(actor, {
    container: (name: string) =>
      name === 'cache' ? { freeze: both('freeze'), thaw: both('thaw'), kill: async () => {} } : container(name),
  });
}

test('probe-independence waits for the initial delay of each observed liveness probe', async () => {
  const spec = { ...pod(), containers: [web({ livenessProbe: LATE }), CACHE] };
  const app = { web: HEALTHY };
  expect(await result('probe-independence', { spec, app, disguise: dependent })).toMatch(
    /^failed: .*web restarts whenever cache hangs/,
  );
  expect(await result('probe-independence', { spec, app })).toMatch(/^passed/);
});

test('probe-independence returns notRun if a liveness probe has too few attempts', async () => {
  const spec = { ...pod(), containers: [web(), CACHE] };
  // The run ends soon after the fault, so no more attempts follow.
  const disguise = (actor: Actor) => {
    let frozen = false;
    const container = actor.container.bind(actor);
    return new Proxy(actor, {
      get(target, key) {
        if (key === 'container')
          return (name: string) => ({
            ...container(name),
            freeze: async () => {
              frozen = true;
            },
            thaw: async () => {},
          });
        if (key === 'ended') return frozen || target.ended;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
  const { 'probe-independence': said } = await outcomes({
    spec,
    app: { web: HEALTHY },
    disguise,
    checks: ['probe-independence'],
  });
  expect(said).toContain('the liveness probe of web could not fail: it finished 0 of 3 attempts while cache hung');
});

test('stays-ready names a probe that had too few attempts to fail', async () => {
  const livenessProbe = { httpGet, initialDelaySeconds: 300, periodSeconds: 10 };
  expect(await result('stays-ready', { spec: pod({ livenessProbe }), app: { web: HEALTHY } })).toBe(
    'passed: the undisturbed pod stays Ready for 2m, but the liveness probe of web could not fail: it finished 0 of 3 attempts',
  );
});
