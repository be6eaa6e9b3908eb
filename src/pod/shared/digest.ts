import { createHash } from 'node:crypto';
import type { Pod } from '../../manifest/model';

/** Returns the same digest for the same manifest. It excludes the uid, which differs in every run. */
export function digest({ metadata: { uid: _, ...metadata }, spec }: Pod): string {
  return `sha256:${createHash('sha256').update(JSON.stringify({ metadata, spec })).digest('hex')}`;
}
