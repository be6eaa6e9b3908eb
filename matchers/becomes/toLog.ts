import { type LineFilter, wrote } from '../../src/assertions/events/logged';
import { asDefault, readyLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { type ArgumentCheck, containerName, mustBe } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export type ToLogOptions = Omit<LineFilter, 'pattern'> & Within & Occurrence;

/** Passes when a container has logged a matching line since the last action of the test. */
export const toLog = eventually<LineFilter & ToLogOptions>({
  name: 'toLog',
  leading: ['pattern'],
  checks: { pattern: textOrExpression(), container: containerName, ...WITHIN, ...OCCURRENCE },
  expected: ({ pattern, container }) => ({ kind: 'log', pattern, container }),
  since: sinceOf,
  evaluate: wrote,
  isAboutOutput: true,
  from: 'fault',
  limit: (spec) => asDefault(readyLimit(spec)),
});

function textOrExpression(): ArgumentCheck {
  return (value, name) =>
    value instanceof RegExp || (typeof value === 'string' && value !== '')
      ? undefined
      : mustBe(name, 'a part of the line or a regular expression', value);
}
