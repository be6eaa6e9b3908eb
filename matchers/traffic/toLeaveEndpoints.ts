import { inspect } from 'node:util';
import { type LeftAs, leftEndpoints } from '../../src/assertions/traffic/leftEndpoints';
import { unreadyLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import type { ArgumentCheck } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

const flag: ArgumentCheck = (value) =>
  typeof value === 'boolean' ? undefined : `${inspect(value)} is neither true nor false`;

export type ToLeaveEndpointsOptions = LeftAs & Within & Occurrence;

/** Holds once the pod, having been a ready endpoint, is none since the last thing the test did to it. */
export const toLeaveEndpoints = eventually<ToLeaveEndpointsOptions>({
  name: 'toLeaveEndpoints',
  checks: { serving: flag, terminating: flag, ...WITHIN, ...OCCURRENCE },
  expected: (options) => `in the endpoints, then ${wanted(options)}`,
  unexpected: (options) => `not in the endpoints, then ${wanted(options)}`,
  since: sinceOf,
  evaluate: leftEndpoints,
  from: 'fault',
  limit: (spec) => unreadyLimit(spec),
});

function wanted({ serving, terminating }: LeftAs): string {
  const flags = [
    ...(terminating === undefined ? [] : [terminating ? 'terminating' : 'not terminating']),
    ...(serving === undefined ? [] : [serving ? 'still serving' : 'not serving']),
  ];
  return flags.length === 0 ? 'out of them' : `out of them, ${flags.join(', ')}`;
}
