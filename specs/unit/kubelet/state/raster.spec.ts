import { describe, expect, test } from '@jest/globals';
import { CREATED, NEVER } from '../../../../src/clock/instant';
import { IDEAL, NODE } from '../../../../src/kubelet';
import { nextQueueLookAt, nextRelistAt, rasterOf } from '../../../../src/kubelet/state/raster';
import { s } from '../../../fidelity/kubelet/scenarios';

const ticking = { raster: { relistMs: 300, queueMs: 800 }, config: { profile: NODE } };

/** Source: pleg/generic.go `Start`; kubelet.go `syncLoop` (syncTicker). */
describe('Raster', () => {
  test('ticks once per period, each ticker with its own phase', () => {
    expect(nextRelistAt(ticking, CREATED)).toBe(s(0.3));
    expect(nextRelistAt(ticking, s(0.3))).toBe(s(0.3));
    expect(nextRelistAt(ticking, s(0.4))).toBe(s(1.3));
    expect(nextQueueLookAt(ticking, s(0.4))).toBe(s(0.8));
  });

  test('ticks at any instant without a period', () => {
    const ideal = { raster: rasterOf(IDEAL, 1), config: { profile: IDEAL } };
    expect(nextRelistAt(ideal, s(1.234))).toBe(s(1.234));
  });

  test('returns never for an instant that never comes', () => {
    expect(nextQueueLookAt(ticking, NEVER)).toBe(NEVER);
  });

  test('starts both tickers within the first period, depending on the seed', () => {
    const rasters = Array.from({ length: 50 }, (_, seed) => rasterOf(NODE, seed));
    for (const { relistMs, queueMs } of rasters) expect(Math.max(relistMs, queueMs)).toBeLessThan(NODE.relistMs);
    expect(new Set(rasters.map(({ relistMs }) => relistMs)).size).toBeGreaterThan(25);
    expect(rasterOf(NODE, 3)).toEqual(rasterOf(NODE, 3));
  });
});
