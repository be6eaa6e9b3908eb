import type { ProbeType } from '../../timeline/event';

/** Published result of a probe worker: `Unknown` is a startup probe that has not decided yet. */
export type PublishedResult = 'Success' | 'Failure' | 'Unknown';

/** Published results by container id; a container without probes has none. */
export type Results = Readonly<Record<string, Readonly<Partial<Record<ProbeType, PublishedResult>>>>>;

export function resultOf(results: Results, id: string | undefined, type: ProbeType): PublishedResult | undefined {
  return id === undefined ? undefined : results[id]?.[type];
}

export function withResult(results: Results, id: string, type: ProbeType, result: PublishedResult): Results {
  return { ...results, [id]: { ...results[id], [type]: result } };
}

export function withoutResult(results: Results, id: string, type: ProbeType): Results {
  const { [id]: ofContainer, ...others } = results;
  if (!ofContainer) return results;
  const { [type]: _, ...rest } = ofContainer;
  return Object.keys(rest).length === 0 ? others : { ...others, [id]: rest };
}
