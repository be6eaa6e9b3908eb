import { after } from '../../../../../src/clock/instant';
import { durationMs, type Words } from '../../subjects/words';
import { isBefore, type Moment, seconds } from '../moment';
import type { Record } from '../record';
import type { Names } from '../tokens';
import { type Check, UNNAMED_END } from './check';
import { momentsText } from './happened';

/** Returns a check of the time between two events. A missing limit is not checked. */
export function elapsed({ from, to, min, max }: Words, names: Names): Check {
  const [fromEvent, toEvent] = [names.event('from', from), names.event('to', to)];
  if (min === undefined && max === undefined) throw new Error('elapsed needs min or max');
  const minMs = min === undefined ? Number.NEGATIVE_INFINITY : durationMs('min', min);
  const maxMs = max === undefined ? Number.POSITIVE_INFINITY : durationMs('max', max);
  const measure = (record: Record): number | undefined => {
    const start = record.momentOf(fromEvent);
    const end = start && endOf(record, toEvent, start, minMs < 0);
    return start && end && end.at - start.at;
  };
  return {
    judge(record) {
      const ms = measure(record);
      return { holds: ms !== undefined && ms >= minMs && ms <= maxMs, final: ms !== undefined };
    },
    endsAt: (record) => {
      const start = record.momentOf(fromEvent);
      if (!start) return UNNAMED_END;
      return after(start.at, Number.isFinite(maxMs) ? maxMs : Math.max(minMs, UNNAMED_END));
    },
    atEnd: false,
    received(record) {
      const ms = measure(record);
      return `${ms === undefined ? 'not both happened' : seconds(ms)} (${momentsText(record, [fromEvent, toEvent])})`;
    },
  };
}

/** Returns the moment of the second event. It must follow the first one, unless the time may be negative. */
function endOf(record: Record, event: string, start: Moment, mayBeNegative: boolean): Moment | undefined {
  if (event.includes('#') || mayBeNegative) return record.momentOf(event);
  return record.momentsOf(event).find((moment) => !isBefore(moment, start)) ?? record.momentOf(event);
}
