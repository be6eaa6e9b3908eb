import { NEVER } from '../../../../../src/clock/instant';
import type { Record, Shown } from '../record';
import type { Check, Judgement } from './check';
import { isIn, namedEnd, type Qualifiers, type Span, spanOf } from './span';

/** A value that a check reads from the pod in the API. */
export interface Reading {
  /** Returns undefined if the API shows no value, for example for a container without a status. */
  holds(shown: Shown): boolean | undefined;
  /** Returns the value for a failure. */
  show(shown: Shown): string;
  /** True if a container is in the state that `whenever` names. */
  is?(state: string, shown: Shown): boolean;
}

const MOST_SHOWN = 8;

/** Returns a check of the API at the times of its qualifiers. */
export function shownCheck(reading: Reading, qualifiers: Qualifiers): Check {
  return {
    judge(record) {
      const span = spanOf(qualifiers, record);
      return span ? judge(reading, qualifiers, span, record) : { holds: false, final: false };
    },
    endsAt: (record) => namedEnd(qualifiers, record),
    atEnd: isDecidedAtEnd(qualifiers),
    received: (record) => seenOf(reading, record),
  };
}

function isDecidedAtEnd({ mode, forMs, at, before }: Qualifiers): boolean {
  switch (mode) {
    case 'within':
    case 'observedBetween':
      return false;
    case 'throughout':
      return forMs === NEVER;
    case 'at':
      return at === undefined;
    case 'whenever':
      return true;
    case 'none':
      return before === undefined;
  }
}

function judge(reading: Reading, qualifiers: Qualifiers, span: Span, record: Record): Judgement {
  const shown = shownIn(record, span);
  switch (qualifiers.mode) {
    case 'within':
    case 'observedBetween': {
      const holds = shown.some((each) => reading.holds(each) === true);
      return { holds, final: holds || span.closed };
    }
    case 'throughout': {
      const answers = shown.map((each) => reading.holds(each));
      const wrong = answers.includes(false);
      return { holds: !wrong && answers.includes(true), final: wrong || span.closed };
    }
    case 'whenever': {
      const state = qualifiers.whenever ?? '';
      const wrong = shown.some((each) => reading.is?.(state, each) && reading.holds(each) !== true);
      return { holds: !wrong, final: wrong };
    }
    case 'at':
      return judgeAt(reading, qualifiers, record, span);
    case 'none': {
      const last = shown.at(-1);
      return { holds: last !== undefined && reading.holds(last) === true, final: span.closed };
    }
  }
}

function judgeAt(reading: Reading, { at }: Qualifiers, record: Record, span: Span): Judgement {
  const moment = at ? at(record) : span.to;
  const shown = moment && record.shownAt(moment);
  const known = moment !== undefined && (at === undefined || moment.at <= record.now);
  return { holds: known && shown !== undefined && reading.holds(shown) === true, final: known && at !== undefined };
}

/** Returns the pod at the beginning of the span, and all its changes in it. */
function shownIn(record: Record, span: Span): readonly Shown[] {
  const first = record.shownAt(span.from);
  const later = record.shown.filter((each) => each !== first && isIn(span, each.moment));
  return first ? [first, ...later] : later;
}

function seenOf(reading: Reading, record: Record): string {
  const changes: string[] = [];
  let before = '';
  for (const shown of record.shown) {
    const text = reading.show(shown);
    if (text !== before) changes.push(`+${shown.moment.at / 1000}s ${text}`);
    before = text;
  }
  const left = changes.length > MOST_SHOWN ? ['…', ...changes.slice(-MOST_SHOWN)] : changes;
  return `${left.join(', ')}; the run ended at +${record.now / 1000}s`;
}
