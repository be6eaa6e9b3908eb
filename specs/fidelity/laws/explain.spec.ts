import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { explainWorkload } from '../../../src/cli/explain/explain';
import { lint } from '../../../src/lint/lint';
import { admitAll } from '../../../src/manifest/admission/admitAll';
import { readSource } from '../../../src/manifest/source/source';

// The seed of the first run. Set FUZZ_SEED to repeat a failure.
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

const seconds = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(0, 3600, 2 ** 31 - 1));
const port = fc.constantFrom<string | number>(80, 8080, 9090, 'http', 'nope');
const handler = fc.oneof(
  fc.record({ httpGet: fc.record({ port, path: fc.constantFrom('/', 'a b', '/x?y=z', '/\u202e') }) }),
  fc.record({ httpGet: fc.record({ port, scheme: fc.constant('HTTPS'), host: fc.constant('localhost') }) }),
  fc.record({ tcpSocket: fc.record({ port }) }),
  fc.record({
    exec: fc.record({ command: fc.array(fc.constantFrom('sh', '-c', 'sleep 9', 'a; b'), { minLength: 1 }) }),
  }),
);
const probe = fc
  .tuple(
    handler,
    fc.record(
      {
        initialDelaySeconds: seconds,
        periodSeconds: seconds,
        timeoutSeconds: seconds,
        failureThreshold: fc.constantFrom(1, 2, 3, 30, 2 ** 31 - 1),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([asked, numbers]) => ({ ...asked, ...numbers }));
const container = fc.record(
  {
    image: fc.constant('web:1'),
    command: fc.array(fc.constantFrom('sh', 'bash', '-c', '-o', 'exec a', 'a && b', ''), { minLength: 1 }),
    args: fc.array(fc.constantFrom('sh', '-c', 'run', '$(HOME)')),
    ports: fc.constant([{ name: 'http', containerPort: 8080 }]),
    livenessProbe: probe,
    readinessProbe: probe,
    startupProbe: probe,
    lifecycle: fc.record({ preStop: handler, postStart: handler }, { requiredKeys: [] }),
  },
  { requiredKeys: ['image'] },
);
const manifest = fc
  .record({
    containers: fc.array(container, { minLength: 1, maxLength: 2 }),
    restartPolicy: fc.constantFrom('Always', 'OnFailure', 'Never'),
    terminationGracePeriodSeconds: seconds,
  })
  .map(({ containers, ...spec }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { ...spec, containers: containers.map((one, index) => ({ ...one, name: `c${index}` })) },
  }));

beforeAll(() => {
  process.stderr.write(`FUZZ_SEED=${SEED}\n`);
});

test('lint accepts any numbers', () => {
  fc.assert(
    fc.property(manifest, (pod) => {
      const { findings, problems } = lint(pod);
      expect(problems.filter(({ field }) => field === undefined)).toEqual([]);
      for (const { why, fix } of findings) expect(`${why} ${fix}`).not.toMatch(/NaN|Infinity|undefined|null/);
    }),
    { numRuns: 1_000, seed: SEED },
  );
});

test('explain accepts any numbers', () => {
  fc.assert(
    fc.property(manifest, (pod) => {
      const { admitted } = admitAll(readSource(pod));
      for (const workload of admitted) {
        expect(explainWorkload(workload, '1.36').join(' ')).not.toMatch(/NaN|Infinity|undefined|null/);
      }
    }),
    { numRuns: 30, seed: SEED },
  );
});
