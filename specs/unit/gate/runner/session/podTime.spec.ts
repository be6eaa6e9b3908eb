import { expect, test } from '@jest/globals';
import type { Actor, StartActorOptions } from '../../../../../src/gate/model/actor';
import type { EventOf } from '../../../../../src/timeline/event';
import { writable } from '../../../timeline/events';
import { gate, HEALTHY, outcomes, pod } from '../../gateOf';

/** Creates pods that crash soon after their start if time is skipped while containers run. */
function fragile(containers: EventOf<'TimeSkipped'>['containers']) {
  const orders: (StartActorOptions['skips'] | undefined)[] = [];
  const disguise = (actor: Actor, options?: StartActorOptions): Actor => {
    orders.push(options?.skips);
    if (!options?.skips) return actor;
    let isDone = false;
    return new Proxy(actor, {
      get(target, key) {
        if (key === 'progress') {
          return async (until: Parameters<Actor['progress']>[0]) => {
            await target.progress(until);
            const { timeline } = target;
            if (isDone || timeline.now < 3_000) return;
            isDone = true;
            writable(timeline).append({
              source: 'runtime',
              kind: 'TimeSkipped',
              at: timeline.now,
              byMs: 5_000,
              ...(containers && { containers }),
            });
            await target.container('web').kill();
          };
        }
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
  return { disguise, orders };
}

const asked = { spec: pod(), app: { web: HEALTHY }, checks: ['stays-ready'] } as const;

test('repeats a failed check without skipping if time was skipped while containers ran', async () => {
  const { disguise, orders } = fragile('running');
  expect((await outcomes({ ...asked, disguise }))['stays-ready']).toMatch(/^passed/);
  expect(orders).toEqual([{ calmAfterMs: 10_000 }, undefined]);
});

test('repeats no failed check if time was skipped only while containers were frozen', async () => {
  const { disguise, orders } = fragile('frozen');
  const { results } = await gate({ ...asked, disguise });
  expect(results.map(({ outcome }) => outcome)).toEqual(['failed']);
  expect(orders[0]).toEqual({ calmAfterMs: 10_000 });
});

test('skips gaps beside running containers only if no check observes these containers', async () => {
  const orders: (number | undefined)[] = [];
  const disguise = (actor: Actor, options?: StartActorOptions) => {
    orders.push(options?.skips?.calmAfterMs);
    return actor;
  };
  const spec = { ...pod(), containers: [...pod().containers, { name: 'cache', image: 'cache' }] };
  await gate({ spec, app: { web: HEALTHY }, disguise });
  // Steady state, hang of the probed container, traffic, two outages, and two crashes.
  expect(orders).toEqual([10_000, 0, undefined, 10_000, 10_000, undefined, undefined]);
});
