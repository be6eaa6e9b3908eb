import { containerNamed } from '../../../manifest/model';
import { mebiOf } from '../../../manifest/values/mebibytes';
import { limitsOf } from '../../../manifest/values/podLimits';
import { MEMORY_WATCH_MS } from '../../../timing/watches';
import type { MemorySample } from '../../model/memory/memorySample';
import { isLongEnough, risingTrend } from '../../model/memory/memoryTrend';
import type { ObservedPod, Symptom } from '../../model/observation';
import { pathOf } from '../../model/subject';
import { answeredRequests } from './requests';

const MEBI = 1_048_576;
/** Fewer requests do not count as steady traffic. */
const LEAST_REQUESTS = 60;

/** A working set that still rises in the second half of a minute of steady traffic. */
export const memoryRises: Symptom = {
  severity: 'warning',
  kind: 'memoryRises',
  cause: 'memory-rises',
  find: (seen) =>
    isSteady(seen)
      ? samplesByContainer(seen).flatMap(([container, samples]) => {
          const trend = risingTrend(samples);
          if (!isLongEnough(samples) || !trend) return [];
          const limit = limitOf(seen, container);
          const left = limit === undefined ? undefined : mebiOf(limit) * MEBI - trend.lastBytes;
          const leftMs = left === undefined ? undefined : Math.max(0, left) / trend.risesBytesPerMs;
          const { firstBytes, lastBytes, overMs } = trend;
          const message = { kind: 'memoryRises', container, firstBytes, lastBytes, overMs, limit, leftMs } as const;
          return [{ container, message, field: `${pathOf(seen.subject, container)}.resources.limits.memory` }];
        })
      : [],
  gap: (seen) => {
    const samples = samplesByContainer(seen);
    if (samples.length === 0) return { kind: 'unmeasuredMemory' };
    if (!samples.every(([, each]) => isLongEnough(each))) return { kind: 'shortMemory', neededMs: MEMORY_WATCH_MS };
    return isSteady(seen) ? undefined : { kind: 'fewRequests', least: LEAST_REQUESTS, withinMs: MEMORY_WATCH_MS };
  },
};

function isSteady({ timeline }: ObservedPod): boolean {
  return answeredRequests(timeline).length >= LEAST_REQUESTS;
}

function samplesByContainer({ memory }: ObservedPod): readonly (readonly [string, readonly MemorySample[]])[] {
  const names = [...new Set(memory.map(({ container }) => container))];
  return names.map((name) => [name, memory.filter(({ container }) => container === name)]);
}

function limitOf({ pod: { spec } }: ObservedPod, name: string): string | undefined {
  const container = containerNamed(spec, name);
  return container && limitsOf(container, spec).memory;
}
