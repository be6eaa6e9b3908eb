import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { GateResult } from '../../src/gate/gateResult';
import { runPod } from '../../src/pod/live/runPod';
import { removePods } from '../../src/pod/shared/registry';
import { putToGate } from '../gate/faults/putToGate';
import { realLimit } from '../pace';
import { describeOnEngine } from './onEngine';

const IMAGES = { web: 'jest-kubelet-example/graceful-node' };
const WITHIN_MS = realLimit(240_000);

const gate = (name: string) =>
  putToGate(
    { manifest: readFileSync(path.join(__dirname, `../../examples/graceful-node/${name}.yaml`), 'utf8') },
    IMAGES,
  );

const failures = ({ checks }: GateResult) =>
  checks.flatMap(({ check, answers }) =>
    answers
      .filter(({ outcome }) => outcome !== 'passed' && outcome !== 'notApplicable')
      .map(({ sentence }) => `${check}: ${sentence}`),
  );

describeOnEngine('the gate', () => {
  afterAll(() => removePods('file'));

  test(
    'passes the example that waits for its database',
    async () => {
      const file = (name: string) => path.join(__dirname, `../../examples/with-database/${name}.yaml`);
      const redis = await runPod(file('redis'));
      try {
        const images = { shop: 'jest-kubelet-example/with-database' };
        const put = (name: string) => putToGate({ manifest: readFileSync(file(name), 'utf8') }, images, { redis });
        expect(failures(await put('pod'))).toEqual([]);
        expect(failures(await put('database-in-liveness'))).toContainEqual(
          'probe-independence: shop restarts whenever the dependency redis hangs, because its liveness probe checks more than shop itself',
        );
      } finally {
        await redis.remove();
      }
    },
    WITHIN_MS,
  );

  test(
    'passes the example that shuts down gracefully',
    async () => {
      expect(failures(await gate('graceful'))).toEqual([]);
    },
    WITHIN_MS,
  );

  test(
    'lists npm as PID 1, the missing SIGTERM handler, and the readiness that stays up',
    async () => {
      const verdict = await gate('careless');
      expect(failures(verdict)).toEqual([expect.stringMatching(/^drains: the deleted pod drops requests: /)]);
      const [mistakes] = failures(verdict);
      expect(mistakes).toMatch(
        /web exits with code 1 [\d.]+m?s after its stop signal( because .*?)?, while clients still send requests/,
      );
      expect(mistakes).toContain('node careless.mjs gets SIGTERM only if npm (PID 1) forwards it');
      expect(mistakes).toContain('The readiness probe does not fail after the stop signal');
      const drains = verdict.checks.find(({ check }) => check === 'drains');
      expect(drains?.answers[0]?.patch?.yaml).toMatch(/preStop:\n\s+sleep:\n\s+seconds: [123]\n/);
    },
    WITHIN_MS,
  );
});
