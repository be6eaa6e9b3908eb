import type { Remark } from '../../assertions/facts/remark';
import { putIntoWords, type Words } from './words';

/** Returns what a result rests on, as sentences. */
export function formatRemark(remark: Remark): string {
  return putIntoWords(WORDS, remark);
}

const WORDS: Words<Remark> = {
  assumedService: 'No Service of the manifest selects the pod. This result assumes one that does.',
  probeOrders: ({ passed, of }) =>
    `It passes in ${passed} of ${of} orders of the probes' ticks, and this is one in which it fails. On a node any order can come. To judge one order, pass a seed to simulatePod.`,
};
