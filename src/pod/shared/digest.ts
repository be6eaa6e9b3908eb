import { createHash } from 'node:crypto';
import type { Pod } from '../../manifest/model';

/** Returns the same digest for the same manifest. Every pod that is started gets a new uid, so it is left out. */
export function digest({ metadata: { uid: _, ...metadata }, spec }: Pod): string {
  return `sha256:${createHash('sha256').update(JSON.stringify({ metadata, spec })).digest('hex')}`;
}
