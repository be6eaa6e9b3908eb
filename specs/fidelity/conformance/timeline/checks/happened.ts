import type { Record } from '../record';
import type { Check } from './check';
import { namedEnd, type Qualifiers, type Span, spanOf } from './span';

/** A condition on the part of the record that a check reads. */
export interface Finding {
  /** True if the check passes when it finds something. Otherwise the check fails then. */
  readonly met: boolean;
  find(record: Record, span: Span): boolean;
  show(record: Record): string;
}

/** Returns a check of events, which passes or fails when it finds one. */
export function happenedCheck({ met, find, show }: Finding, qualifiers: Qualifiers): Check {
  if (qualifiers.mode === 'whenever') throw new Error('whenever needs a check of a container status');
  const isLimited = (qualifiers.mode === 'at' && qualifiers.at) || Number.isFinite(qualifiers.forMs);
  return {
    judge(record) {
      const span = spanOf(qualifiers, record);
      if (!span) return { holds: false, final: false };
      const found = find(record, span);
      return { holds: found === met, final: found || span.closed };
    },
    endsAt: (record) => namedEnd(qualifiers, record),
    atEnd: !met && !isLimited,
    received: (record) => `${show(record)}; the run ended at +${record.now / 1000}s`,
  };
}

/** Returns the moments of events as text for a failure. */
export function momentsText(record: Record, tokens: readonly string[]): string {
  return tokens
    .map((token) => {
      const moments = record.momentsOf(token);
      const listed = moments.slice(0, 6).map(({ at }) => `+${at / 1000}s`);
      return `${token}: ${moments.length === 0 ? 'never' : listed.join(', ')}${moments.length > 6 ? ', …' : ''}`;
    })
    .join('; ');
}
