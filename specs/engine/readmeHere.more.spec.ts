import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { blocksIn, page, ROOT } from '../docs/pages';
import { Shell } from '../docs/shell';
import { realLimit } from '../pace';
import { describeOnEngine } from './onEngine';

const [tryIt = '', , , gate = ''] = blocksIn(page('README.md'), 'sh');

describeOnEngine('the commands of README.md in this repository', () => {
  // Setup has already run, and this spec is part of the tests.
  const npm = `
case "$*" in
  'run demo') exec node "$ROOT/examples/demo.mjs" ;;
  test) exit ;;
esac
exit 1`;
  const shell = new Shell({}, { npm });
  cpSync(path.join(ROOT, 'examples/kubia'), path.join(shell.dir, 'examples/kubia'), { recursive: true });
  afterAll(() => shell[Symbol.dispose]());

  test(
    'run the demo with four passing steps',
    () => {
      const { code, stdout } = shell.run(tryIt);
      expect(stdout.match(/^✓ .*$/gm)).toHaveLength(4);
      expect(code).toBe(0);
    },
    realLimit(400_000),
  );

  test(
    'run the gate on kubia in one line',
    () => {
      const { code, stdout } = shell.run(gate);
      expect(stdout).toMatch(/^PASS Pod\/kubia: 12 checks, 2 info$/m);
      expect(code).toBe(0);
    },
    realLimit(400_000),
  );
});
