import { createHash } from 'node:crypto';
import type { Pod } from '../../manifest/model';

/** The same for the same manifest. Every pod that is started gets a new uid; the rest is the manifest's. */
export function digest({ metadata: { uid: _, ...metadata }, spec }: Pod): string {
  return `sha256:${createHash('sha256').update(JSON.stringify({ metadata, spec })).digest('hex')}`;
}
