import { expect, test } from '@jest/globals';
import { runTrial } from '../gate/runTrial';
import { realLimit } from '../pace';
import { describeOnEngine } from './onEngine';

/** Cases whose images need no packages of Debian beyond those of setup. */
const CASES = [
  'faults/grpc-service-unknown',
  'faults/liveness-names-unknown-port',
  'faults/memory-limit-too-low',
  'faults/node-exits-on-sigterm',
  'faults/poststart-before-listen',
  'faults/prestop-longer-than-grace',
  'faults/readiness-names-unknown-port',
  'faults/shell-as-pid-1',
  'faults/sidecar-never-ready',
  'controls/grpc',
  'controls/rare-readiness',
  'controls/shell-with-trap',
];

describeOnEngine('npm run gate:trial', () => {
  test(
    'returns the expected findings for 12 services',
    async () => {
      const { code, printed } = await runTrial(CASES);
      expect(printed).toContain(`| all | ${CASES.length} | ${CASES.length} | 0 | 0 | 0 | 0 |`);
      expect(code).toBe(0);
    },
    realLimit(900_000),
  );
});
