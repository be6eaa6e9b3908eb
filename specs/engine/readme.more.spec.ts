import { afterAll, expect, test } from '@jest/globals';
import { blocksIn, page } from '../docs/pages';
import { Shell } from '../docs/shell';
import { realLimit } from '../pace';
import { describeOnEngine } from './onEngine';

const [manifest = '', changed = ''] = blocksIn(page('docs/first-spec.md'), 'yaml');
const [failure = ''] = blocksIn(page('docs/first-spec.md'), 'text');
const [spec] = blocksIn(page('docs/first-spec.md'), 'js');
const [onlyOne = ''] = blocksIn(page('docs/first-spec.md'), 'sh');
const [, ownProject = ''] = blocksIn(page('README.md'), 'sh');

/**
 * Returns the lines of a failure without times and without the number of omitted lines, which differ between machines.
 */
const linesOf = (text: string) =>
  text
    .replaceAll(/\+?\d+(\.\d)?s\b/g, '<time>')
    .split('\n')
    .map((line) => line.replaceAll(/ +/g, ' ').trim())
    .filter((line) => !line.endsWith('left out)'));

describeOnEngine('the commands of README.md in a new project', () => {
  const shell = new Shell({ 'k8s/web.yaml': manifest });
  afterAll(() => shell[Symbol.dispose]());

  // The reader confirms the question.
  const commands = ownProject.replace('jest-kubelet init', 'jest-kubelet init --yes');

  test(
    'lead to a failing spec, and after the change to a passing one',
    () => {
      const [install = '', init = '', jest = ''] = commands.split('\n');
      expect(shell.run(install)).toMatchObject({ code: 0 });
      const written = shell.run(init);
      expect(written.stdout).toContain('wrote web.spec.js, jest.config.js');
      expect(shell.read('web.spec.js')).toBe(`${spec}\n`);

      const red = shell.run(onlyOne);
      // On a slow machine, the timeline is longer and its beginning is omitted.
      const verdict = linesOf(failure).filter((line) => !/^(> )?<time>|^\(/.test(line));
      expect(linesOf(red.stderr)).toEqual(expect.arrayContaining(verdict));
      expect(red.stderr).toMatch(/^ *> .* SIGKILL /m);
      expect(red.code).toBe(1);

      shell.write('k8s/web.yaml', manifest.replace(/^ *command: .*$/m, changed));
      expect(shell.read('k8s/web.yaml')).not.toBe(manifest);
      const green = shell.run(jest);
      expect(green.stderr).toContain('4 passed, 4 total');
      expect(green.code).toBe(0);
    },
    realLimit(400_000),
  );
});
