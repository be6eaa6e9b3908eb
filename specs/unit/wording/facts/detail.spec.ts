import { expect, test } from '@jest/globals';
import type { Detail } from '../../../../src/assertions/facts/detail';
import { formatDetail } from '../../../../src/wording/facts/detail';
import { s } from '../../timeline/events';
import { type FactsOf, linesOf } from './linesOf';

const request = {
  source: 'runtime',
  kind: 'RequestFinished',
  port: 8080,
  path: '/',
  sentAt: s(5),
  at: s(5.1),
  failure: 'refused',
} as const;

const FACTS: FactsOf<Detail> = {
  drop: [
    { drop: { request, isEndpoint: true, isInFlight: false } },
    {
      drop: {
        request,
        isEndpoint: false,
        isInFlight: true,
        signal: { name: 'SIGTERM', sentAfterMs: -40, endedAfterMs: 60 },
        sentAfterRemovalMs: 20,
      },
    },
  ],
  more: [{ count: 3 }],
};

test('formats every detail', () => {
  expect(linesOf(FACTS, formatDetail)).toMatchInlineSnapshot(`
"drop: GET / refused: sent at 5.00s, ended at 5.10s, while in the endpoints
drop: GET / refused: sent 0.04s before SIGTERM, ended 0.06s after it, in flight, 0.02s after removal from the endpoints
more: and 3 more"
`);
});
