import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { blocksIn, page } from '../pages';

// README.md quotes checkout.ts as well; specs/docs/blocks.spec.ts sees to that, and the compiler to checkout.ts.
test('README.md shows the failure of a liveness probe that restarts a running server', async () => {
  const livenessProbe = { httpGet: { path: '/healthz', port: 8080 }, initialDelaySeconds: 3, periodSeconds: 3 };
  const spec = { containers: [{ name: 'web', image: 'checkout:1', livenessProbe }] };
  const pod = simulatePod(
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'checkout' }, spec },
    {
      web: [
        { at: '0s', http: { 8080: { '/healthz': 200 } }, onTerm: { exitAfter: '400ms', code: 143 } },
        { at: '10s', http: { 8080: { '/healthz': 500 } } },
      ],
    },
  );
  const failure = expect(pod).not.toRestart({ within: '1m' });
  await expect(failure).rejects.toThrow();
  const message = await failure.catch((error: Error) => error.message);
  expect(blocksIn(page('README.md'), 'text')).toEqual([message]);
});
