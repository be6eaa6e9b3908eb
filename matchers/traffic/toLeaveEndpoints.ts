import { type LeftAs, leftEndpoints } from '../../src/assertions/traffic/leftEndpoints';
import { unreadyLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { type ArgumentCheck, mustBe } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

const flag: ArgumentCheck = (value, name) =>
  typeof value === 'boolean' ? undefined : mustBe(name, 'true or false', value);

export type ToLeaveEndpointsOptions = LeftAs & Within & Occurrence;

/** Passes when the pod stops being a ready endpoint after the last action of the test. */
export const toLeaveEndpoints = eventually<ToLeaveEndpointsOptions>({
  name: 'toLeaveEndpoints',
  checks: { serving: flag, terminating: flag, ...WITHIN, ...OCCURRENCE },
  expected: ({ serving, terminating }) => ({ kind: 'leaveEndpoints', serving, terminating }),
  since: sinceOf,
  evaluate: leftEndpoints,
  from: 'fault',
  limit: (spec) => unreadyLimit(spec),
});
