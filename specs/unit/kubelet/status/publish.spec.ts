import { expect, test } from '@jest/globals';
import { s, simulate } from '../../../fidelity/kubelet/scenarios';

const long = 'x'.repeat(4_000);

/** Returns the lengths of the published termination messages of this many containers. */
function lengths(count: number): (number | undefined)[] {
  const names = Array.from({ length: count }, (_, index) => `c${index}`);
  const script = [
    { at: '0s', writeFile: { '/dev/termination-log': long } },
    { at: '1s', exit: 1 },
  ];
  const pod = simulate(
    { restartPolicy: 'Never', containers: names.map((name) => ({ name, image: 'web:1' })) },
    Object.fromEntries(names.map((name) => [name, script])),
  );
  pod.advance(s(5));
  return pod.state.status.containerStatuses.map(({ state }) => state.terminated?.message?.length);
}

test('keeps the termination messages of three containers, which fit into 12 KiB', () => {
  expect(lengths(3)).toEqual([4_000, 4_000, 4_000]);
});

test('cuts the messages of four containers to a quarter of 12 KiB', () => {
  expect(lengths(4)).toEqual([3_072, 3_072, 3_072, 3_072]);
});
