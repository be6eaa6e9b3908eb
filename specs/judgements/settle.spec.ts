import { expect, test } from '@jest/globals';
import { undecided } from '../../src/judgements/judgement';
import { settle } from '../../src/judgements/settle';
import { replay } from '../matchers/replay';
import type { Life } from '../timeline/events';
import { asked, probed, ready, started } from '../timeline/events';

/** The instants at which a question is asked anew while that happens. */
async function asks(coming: Life): Promise<number[]> {
  const at: number[] = [];
  const judge = ({ now }: { readonly now: number }) => {
    at.push(now);
    return undecided('nothing');
  };
  await settle({ rehearsal: replay({ coming }), ms: 10_000, judge, stopped: new Promise(() => {}) });
  return at;
}

test('a question is asked anew when something happened, and when its time is over', async () => {
  expect(await asks([started(1), ready(2)])).toEqual([0, 1_000, 2_000, 10_000]);
});

test('the answers of probes decide nothing, nor do those that clients get', async () => {
  expect(await asks([probed(1, 'liveness', 'Success', 1), asked(2), asked(3, 'refused')])).toEqual([0, 3_005, 10_000]);
});
