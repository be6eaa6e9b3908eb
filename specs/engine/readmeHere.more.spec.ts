import { cpSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { blocksIn, page, ROOT } from '../docs/pages';
import { Shell } from '../docs/shell';
import { realLimit } from '../pace';
import { describeOnEngine } from './onEngine';

const [tryIt = '', , , gate = ''] = blocksIn(page('README.md'), 'sh');

describeOnEngine('the readme, followed word for word in this project', () => {
  // What setup does is done; this is one of the tests.
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
    'rehearses kubia, and tells what happens',
    () => {
      const { code, stdout } = shell.run(tryIt);
      expect(stdout.match(/^✓ .*$/gm)).toHaveLength(4);
      expect(code).toBe(0);
    },
    realLimit(400_000),
  );

  test(
    'gates it in one line',
    () => {
      const { code, stdout } = shell.run(gate);
      expect(stdout).toMatch(/^Pod\/kubia passes: 12 checks, 2 info$/m);
      expect(code).toBe(0);
    },
    realLimit(400_000),
  );
});
