import { expect, test } from '@jest/globals';
import { runTrial } from '../gate/runTrial';
import { realLimit } from '../pace';
import { describeOnEngine } from './onEngine';

describeOnEngine('npm run gate:trial', () => {
  test(
    'returns the expected findings for two Jobs',
    async () => {
      const { code, printed } = await runTrial(['faults/job-under-always', 'controls/job']);
      expect(printed).toContain('| all | 2 | 2 | 0 | 0 | 0 | 0 |');
      expect(code).toBe(0);
    },
    realLimit(60_000),
  );
});
