import { listOf, type Words, wordsOf } from '../../subjects/words';
import type { Record } from '../record';
import type { Names } from '../tokens';
import type { Check } from './check';
import { type LookedAt, restartDelay, restartDelayCompare } from './delays';
import { elapsed } from './elapsed';
import { FINDINGS } from './findings';
import { happenedCheck } from './happened';
import { invariant } from './invariants';
import { monotonic } from './monotonic';
import { CONTAINER_READINGS, POD_READINGS } from './readings';
import { shownCheck } from './shown';
import { QUALIFIERS, qualifiersOf } from './span';

const STATE = ['container', 'state', 'exitCode', 'reason', 'message', 'anyOf'];

/** The words of each check besides its qualifiers. */
const WORDS: Readonly<{ [check: string]: readonly string[] }> = {
  condition: ['type', 'status', 'reason', 'message'],
  containerImage: ['container', 'equals', 'notEquals'],
  containerReady: ['container', 'value'],
  containerStarted: ['container'],
  containerState: STATE,
  doesntStart: ['container'],
  elapsed: ['from', 'to', 'min', 'max'],
  event: ['type', 'reason', 'messageContains', 'absent'],
  exits: ['container'],
  exitsBefore: ['a', 'b'],
  hasNotRestarted: ['container'],
  hasRestarted: ['container'],
  hookInvoked: ['container', 'hook'],
  invariant: ['name'],
  lastState: STATE,
  not: ['of'],
  order: ['sequence'],
  phase: ['equals', 'notEquals', 'in', 'reason'],
  podReady: ['value'],
  podStatus: ['field', 'equals', 'notEquals', 'set'],
  probeRuns: ['container', 'probe', 'during', 'value'],
  restartCount: ['container', 'equals', 'atLeast', 'atMost'],
  restartCountMonotonic: ['container'],
  restartDelay: ['container', 'nth', 'min', 'max'],
  restartDelayCompare: ['container', 'delay', 'atMost'],
  runTogether: ['a', 'b', 'lhsFirst'],
  starts: ['container'],
  startsBefore: ['a', 'b'],
};

/** A check as it is written, and as it is judged. */
export interface WrittenCheck {
  readonly written: unknown;
  readonly check: Check;
}

/** Reads the checks of a timeline; a container `*` is each one. Throws on any word that is not known. */
export function checksOf(value: unknown, names: Names): readonly WrittenCheck[] {
  const lookedAt = new Map<unknown, LookedAt>();
  const checks = listOf('then', value).flatMap((each) => {
    const given = (each ?? {}) as Words;
    const containers = given.container === '*' ? names.containers : [given.container];
    return containers.map((container) => {
      const one = given.container === undefined ? given : { ...given, container };
      return { written: one, check: checkOf(one, names, lookedAt) };
    });
  });
  if (checks.length === 0) throw new Error('then must have at least one check');
  return checks;
}

function checkOf(given: Words, names: Names, lookedAt: Map<unknown, LookedAt>): Check {
  const name = String(given.check);
  const own = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
  if (!own) throw new Error(`unknown check ${JSON.stringify(given.check)}`);
  const check = wordsOf(name, given, ['check', ...own, ...QUALIFIERS]);
  const qualifiers = qualifiersOf(check, names);

  const ofContainer = CONTAINER_READINGS[name];
  if (ofContainer) return shownCheck(ofContainer(check, names.container(name, check.container)), qualifiers);
  const ofPod = POD_READINGS[name];
  if (ofPod) return shownCheck(ofPod(check), qualifiers);
  const finding = FINDINGS[name];
  if (finding) return happenedCheck(finding(check, names), qualifiers);

  switch (name) {
    case 'invariant':
      return happenedCheck(invariant(check), qualifiers);
    case 'restartCountMonotonic':
      return happenedCheck(monotonic(names.container(name, check.container)), qualifiers);
    case 'elapsed':
      return elapsed(check, names);
    case 'restartDelay': {
      const delay = restartDelay(check, names, qualifiers, lookedAt.get(check.container));
      lookedAt.set(check.container, delay.lookedAt);
      return delay.check;
    }
    case 'restartDelayCompare':
      return restartDelayCompare(check, names);
    default:
      return not(checkOf((check.of ?? {}) as Words, names, lookedAt));
  }
}

/** Returns the opposite of a check on the whole record, because an event can happen until the end. */
function not(of: Check): Check {
  return {
    ...of,
    judge(record: Record) {
      const { holds, final } = of.judge(record);
      return { holds: !holds, final };
    },
    atEnd: true,
  };
}
