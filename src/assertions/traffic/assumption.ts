import type { Timeline } from '../../timeline/timeline';
import type { Remark } from '../facts/remark';

/** Returns what a result about endpoints rests on if the manifest has no Service. */
export function assumption({ backend }: Timeline): Remark | undefined {
  return backend.isAssumed ? { kind: 'assumedService' } : undefined;
}
