import { expect, test } from '@jest/globals';
import type { Remark } from '../../../../src/assertions/facts/remark';
import { formatRemark } from '../../../../src/wording/facts/remark';
import { type FactsOf, linesOf } from './linesOf';

const FACTS: FactsOf<Remark> = {
  assumedService: [{}],
  probeOrders: [{ passed: 2, of: 6 }],
};

test('formats every remark', () => {
  expect(linesOf(FACTS, formatRemark)).toMatchInlineSnapshot(`
"assumedService: No Service of the manifest selects the pod. This result assumes one that does.
probeOrders: The pod passes in 2 of 6 orders of its probe ticks, and this is an order in which it fails. A node can have any order. To check one order, pass a seed to simulatePod."
`);
});
