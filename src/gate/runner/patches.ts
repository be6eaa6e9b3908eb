import type { PatchName } from '../model/experiment';
import type { Patch } from '../model/patch';
import type { Evidence, TargetResult } from '../model/targetResult';
import type { Session } from './session/session';

/** Function that searches for the smallest change of a number with which the pod passes. */
export type FindPatch = (session: Session, evidence: Evidence, failed: TargetResult) => Promise<Patch | undefined>;

/** The search of each patch. */
export type Patches = Readonly<Record<PatchName, FindPatch>>;
