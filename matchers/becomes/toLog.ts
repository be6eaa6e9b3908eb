import { inspect } from 'node:util';
import { type LineFilter, wrote } from '../../src/assertions/events/logged';
import { asDefault, readyLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { type ArgumentCheck, containerName } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export type ToLogOptions = Omit<LineFilter, 'pattern'> & Within & Occurrence;

/** Holds once a container has written such a line since the last thing the test did to the pod. */
export const toLog = eventually<LineFilter & ToLogOptions>({
  name: 'toLog',
  leading: ['pattern'],
  checks: { pattern: textOrExpression(), container: containerName, ...WITHIN, ...OCCURRENCE },
  expected: (which) => `a line ${ofWhat(which)}`,
  unexpected: (which) => `no line ${ofWhat(which)}`,
  since: sinceOf,
  evaluate: wrote,
  isAboutOutput: true,
  from: 'fault',
  limit: (spec) => asDefault(readyLimit(spec)),
});

function ofWhat({ pattern, container }: LineFilter): string {
  const which = typeof pattern === 'string' ? `with ${inspect(pattern)}` : `that matches ${inspect(pattern)}`;
  return `${which} from ${container ?? 'any container'}`;
}

function textOrExpression(): ArgumentCheck {
  return (value) =>
    value instanceof RegExp || (typeof value === 'string' && value !== '')
      ? undefined
      : `${inspect(value)} is neither a text nor an expression; write a part of the line, or /an expression/ it matches`;
}
