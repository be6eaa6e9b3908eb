import type { Instant } from '../../../../src/clock/instant';
import type { Case } from '../caseFiles';
import { failed, PASSED, type Verdict } from '../verdict';
import { checksOf } from './checks';
import { type Check, UNNAMED_END } from './checks/check';
import { play, type Watch } from './play';
import { scenarioOf } from './scenario';
import { stepsOf } from './steps';

/** Simulates a pod in virtual time, and checks the record. */
export function judgeTimelineCase({ given, when, then }: Case): Verdict {
  const scenario = scenarioOf(given);
  const { steps, names } = stepsOf(when, scenario.pod);
  const checks = checksOf(then, names);
  const record = play(scenario, steps, watchFor(checks.map(({ check }) => check)));
  const wrong = checks.find(({ check }) => !check.judge(record).holds);
  return wrong ? failed(wrong.written, wrong.check.received(record)) : PASSED;
}

/** Returns a watch that ends when every check has a result, or after the longest time that a check names. */
function watchFor(checks: readonly Check[]): Watch {
  let open = checks.some(({ atEnd }) => atEnd) ? undefined : checks;
  return {
    isOver(record) {
      open = open?.filter((check) => !check.judge(record).final);
      return open?.length === 0;
    },
    endsAt(record) {
      const named = checks.flatMap((check) => check.endsAt(record) ?? []);
      return named.length > 0 ? (Math.max(...named) as Instant) : UNNAMED_END;
    },
  };
}
