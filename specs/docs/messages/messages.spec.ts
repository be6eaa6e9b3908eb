import { describe, expect, test } from '@jest/globals';
import { COMMANDS } from './commands';
import { GATES } from './gates';
import { LINT } from './lint';
import { MATCHERS } from './matchers';
import { shownUnder, showUnder, WRITES } from './shown';

/** The uid of a pod, or the end of one, which differs each time. */
const UID = /(\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-|…)[0-9a-f]{7,12}(?=\))/g;

describe.each([
  ['the message of a matcher', MATCHERS],
  ['the report of a gate', GATES],
  ['the error of a command', COMMANDS],
  ['the output of lint', LINT],
])('%s', (_, messages) => {
  test.each(messages.map((each) => [each.title, each] as const))(
    'reads as docs/messages.md shows it: %s',
    async (title, { make }) => {
      const message = (await make()).replaceAll(UID, 'UID');
      if (WRITES) showUnder(title, message);
      expect(shownUnder(title)).toBe(message);
    },
  );
});
