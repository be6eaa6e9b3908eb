import type { Timeline } from '../../timeline/timeline';
import type { Remark } from '../facts/remark';

/** Returns the assumption of a result about endpoints if the manifest has no Service. */
export function assumption({ backend }: Timeline): Remark | undefined {
  return backend.isAssumed ? { kind: 'assumedService' } : undefined;
}
