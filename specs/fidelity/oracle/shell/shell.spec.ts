import { describe, expect, test } from '@jest/globals';
import type { Container, PodSpec } from '../../../../src/manifest/model';
import { NotScriptable } from './language/syntax';
import { Place } from './place';
import { Ended, Exit, OutOfMemory, type Process } from './process';
import { Shell } from './shell';
import { World } from './world';

const CONTAINER: Container = {
  name: 'c',
  image: 'busybox:1.36',
  imagePullPolicy: 'IfNotPresent',
  volumeMounts: [{ name: 'v', mountPath: '/v' }],
};
const SPEC: PodSpec = { restartPolicy: 'Always', initContainers: [], containers: [CONTAINER] };

interface Run {
  readonly code: number | string;
  readonly tookMs: number;
  readonly printed: string;
}

/** Runs a command line as the first process of a container. */
function run(line: string, signals: readonly { atMs: number; name: string }[] = [], world = new World()): Run {
  let printed = '';
  const print = (text: string) => {
    printed += text;
  };
  const process: Process = {
    world,
    place: new Place(CONTAINER, SPEC, 'c#1'),
    instance: 'c#1',
    owner: 'c#1',
    environment: { WHO: 'me' },
    hostname: 'pod',
    log: print,
    clock: { nowMs: 0 },
    untilMs: 100_000,
    memoryLimit: 1e6,
    onChildKilled: () => {},
  };
  const shell = new Shell(process, { isFirst: true, signals });
  const end = (code: Run['code']): Run => ({ code, tookMs: process.clock.nowMs, printed });
  try {
    return shell.replace('sh', ['-c', line], { input: { text: '' }, out: print, error: print });
  } catch (error) {
    if (error instanceof Exit) return end(error.code);
    if (error instanceof Ended) return end('ended');
    if (error instanceof OutOfMemory) return end('OOM');
    throw error;
  }
}

describe('Shell', () => {
  test.each([
    ['sleep 2; exit 3', 3, 2_000],
    ['sleep 1 && false || exit 4', 4, 1_000],
    ['i=0; while [ $i -lt 3 ]; do i=$((i+1)); sleep 1; done; exit $i', 3, 3_000],
    ['for n in 1 2; do sleep $n; done; exit 5', 5, 3_000],
    ['case $WHO in you) exit 1;; m*) exit 6;; esac', 6, 0],
    ['f() { return 7; }; f; exit $?', 7, 0],
    ['set -e; if false; then :; fi; false; exit 1', 1, 0],
    ['until test -f /v/up; do sleep 1; touch /v/up; done; exit 8', 8, 1_000],
    ['(sleep 2; touch /tmp/x) & while ! test -e /tmp/x; do sleep 0.5; done; exit 9', 9, 2_000],
    ['sleep 3 & wait $!; exit 10', 10, 3_000],
    ['nosuch', 127, 0],
    ['kill -9 1; sh -c "kill -9 1"; exit 11', 11, 0],
    ['exec tail /dev/zero', 'OOM', 0],
    ['tail /dev/zero; exit $?', 137, 0],
    ['tail -f /dev/null', 'ended', 100_000],
  ])('ends %s with %s after %s ms', (line, code, tookMs) => {
    expect(run(line)).toMatchObject({ code, tookMs });
  });

  test.each([
    ['echo -n a; echo "$WHO" $NONE b', 'ame b\n'],
    ["printf '%s-%d\\n' x 3", 'x-3\n'],
    ['echo x > /v/n; echo y >> /v/n; wc -l < /v/n', '2\n'],
    ['echo $(cat /etc/hostname)', 'pod\n'],
    ['seq 1 2 | while read n; do echo "n$n"; done', 'n1\nn2\n'],
    ['cat /nosuch', "cat: can't open '/nosuch': No such file or directory\n"],
    ['echo out; echo err >&2', 'out\nerr\n'],
    ['trap "echo bye" EXIT; exit 2', 'bye\n'],
  ])('prints the output of %s', (line, printed) => {
    expect(run(line).printed).toBe(printed);
  });

  test('handles a signal between two commands, after the current one', () => {
    const line = 'trap "sleep 1; exit 3" TERM; while :; do sleep 0.2; done';
    expect(run(line, [{ atMs: 500, name: 'TERM' }])).toMatchObject({ code: 3, tookMs: 1_600 });
  });

  test('ignores a signal without a trap as the first process of a container', () => {
    expect(run('sleep 5; exit 1', [{ atMs: 500, name: 'TERM' }])).toMatchObject({ code: 1, tookMs: 5_000 });
  });

  test('interrupts wait for a signal', () => {
    const line = 'trap "exit 0" TERM; sleep 60 & wait';
    expect(run(line, [{ atMs: 500, name: 'TERM' }])).toMatchObject({ code: 0, tookMs: 502 });
  });

  test('finds a file that an earlier run wrote to a volume', () => {
    const world = new World();
    const line = '[ -f /v/done ] && exit 0; touch /v/done /tmp/done; exit 1';
    expect([run(line, [], world).code, run(line, [], world).code]).toEqual([1, 0]);
  });

  test.each([
    ['wget -q http://web', 'wget is not interpreted'],
    ['while true; do :; done', 'a loop that never sleeps'],
    ['cat <<X', '<< in a command line'],
    ['rm /tmp/*', 'the names of files that match /tmp/*'],
  ])('rejects %s', (line, why) => {
    expect(() => run(line)).toThrow(new NotScriptable(why));
  });
});
