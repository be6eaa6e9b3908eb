import { formatList } from '../list';
import type { Words } from '../message';
import type { Stated, ValueExpectation } from './expectation';
import { formatTo } from './sentence';

export const VALUES: Words<Stated<ValueExpectation>> = {
  beValid: ({ isNot }) => formatTo('manifest', isNot, 'be valid'),
  haveNoFindings: ({ except, isNot }) =>
    `manifest to have ${isNot ? '' : 'no '}findings${except.length === 0 ? '' : ` other than ${formatList(except)}`}`,
  exitCode: ({ code, isNot }) => formatTo('value', isNot, `have exit code ${code}`),
  podEvent: ({ event, isNot }) => formatTo('value', isNot, `be event ${event}`),
};
