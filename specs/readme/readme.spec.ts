import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';

const README = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');

/** What stands between the fences of the README's blocks in that language. */
function blocks(language: string): string[] {
  return [...README.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);
}

test('quotes a spec that compiles', () => {
  expect(blocks('ts')).toEqual([readFileSync(path.join(__dirname, 'checkout.ts'), 'utf8')]);
});

test('quotes what that spec says when the probe gives up on a server that is alive', async () => {
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
  expect(blocks('text')).toEqual([`${message}\n`]);
});
