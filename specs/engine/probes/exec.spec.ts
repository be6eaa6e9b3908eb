import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { removePods } from '../../../src/pod/shared/registry';
import { realSecond } from '../../pace';
import { describeOnEngine } from '../onEngine';
import { ProbedPod } from './probedPod';

const run = (...command: string[]) => ({ exec: { command } });
const script = (text: string) => run('sh', '-c', text);

const LEAVES_A_CHILD = 'sleep 601 > /dev/null 2>&1 & exec sleep 602';
const LISTS_CHILDREN = ['sh', '-c', 'ps -o args | grep -c "^sleep 601"'];

const PROBED = {
  fine: script('echo fine'),
  failing: script('echo oops >&2; echo well; exit 3'),
  'not-found-by-shell': script('nosuch'),
  'not-found': run('nosuch'),
  long: script('yes | head -c 100000'),
  hanging: { ...script(LEAVES_A_CHILD), timeoutSeconds: realSecond() },
};

describeOnEngine('an exec probe in a real container', () => {
  let pod: ProbedPod;
  const outcome = (container: keyof typeof PROBED) => pod.outcome(container);

  beforeAll(async () => {
    const server = "require('node:fs').writeFileSync('/tmp/up', ''); setInterval(() => {}, 1e6);";
    pod = await ProbedPod.run({ 'server.cjs': server }, PROBED);
  });
  afterAll(() => removePods('file'));

  test('succeeds on exit code 0, fails on others, and records the output', () => {
    expect(outcome('fine')).toEqual({ result: 'Success', output: 'fine\n' });
    expect(outcome('failing')).toEqual({ result: 'Failure', output: 'well\noops\n' });
    expect(pod.warning('failing')).toBe('Unhealthy Readiness probe failed: well\noops\n');
  });

  test('is unknown if the program is missing, and fails if a shell finds none', () => {
    expect(outcome('not-found-by-shell')).toMatchObject({
      result: 'Failure',
      output: expect.stringContaining('nosuch'),
    });
    expect(outcome('not-found')).toMatchObject({
      result: 'Errored',
      output: expect.stringContaining('exec: "nosuch": executable file not found in $PATH'),
    });
    expect(pod.warning('not-found')).toMatch(/^Unhealthy Readiness probe errored and resulted in unknown state: /);
  });

  test('records the first 10 KiB of output', () => {
    expect(outcome('long').output).toBe('y\n'.repeat(5_120));
  });

  test('kills the command at its timeout, but not its child processes', async () => {
    const output = `command timed out: "sh -c ${LEAVES_A_CHILD}" timed out after ${realSecond()}s`;
    expect(outcome('hanging')).toEqual({ result: 'Failure', output });
    const runs = pod.runs('hanging').length;
    const children = Number((await pod.exec('hanging', LISTS_CHILDREN)).output);
    expect(children).toBeGreaterThanOrEqual(runs);
    // Another attempt may run, and a busy machine repeats some.
    expect(children).toBeLessThanOrEqual(pod.runs('hanging').length + pod.madeAnew('hanging') + 1);
  });
});
