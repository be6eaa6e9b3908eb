import type { Remark } from '../../assertions/facts/remark';
import { formatFrom, type Words } from '../message';

/** Returns the assumption behind a result, as sentences. */
export function formatRemark(remark: Remark): string {
  return formatFrom(WORDS, remark);
}

const WORDS: Words<Remark> = {
  assumedService: 'No Service of the manifest selects the pod. This result assumes one that does.',
  probeOrders: ({ passed, of }) =>
    `The pod passes in ${passed} of ${of} orders of its probe ticks, and this is an order in which it fails. A node can have any order. To check one order, pass a seed to simulatePod.`,
};
