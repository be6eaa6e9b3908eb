import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadManifest } from '../../src/manifest/loadPod';
import { COMMANDS } from './commands';
import { Checkout } from './folder';

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout({ 'package.json': '{}' });
});
afterEach(() => checkout[Symbol.dispose]());

const CODE = "x', {}); require('child_process').execSync('touch owned'); //";

describe('the IP of a host alias', () => {
  test.each([
    '10.0.0.1 bank.example\n10.0.0.2',
    '10.0.0.1\tbank.example',
    'bank.example',
    '10.0.0.256',
    '10.0.0',
    '::1%eth0',
    'host-gateway',
    '',
    '0x7f000001',
    '127.0.0.1:80',
  ])('is rejected if it is %j', (ip) => {
    const spec = { containers: [{ name: 'web', image: 'w' }], hostAliases: [{ ip, hostnames: ['db'] }] };
    expect(() => loadManifest({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec })).toThrow(
      `spec.hostAliases[0].ip: Invalid value: ${JSON.stringify(ip)}: must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)`,
    );
  });
});

function deployment(image: string, name = 'web'): string {
  const pod = `{metadata: {labels: {a: b}}, spec: {containers: [{name: web, image: ${JSON.stringify(image)}}]}}`;
  const metadata = `metadata: {name: ${JSON.stringify(name)}}`;
  return `apiVersion: apps/v1\nkind: Deployment\n${metadata}\nspec: {selector: {matchLabels: {a: b}}, template: ${pod}}\n`;
}

describe.each([false, true])('a spec that init writes (gate: %s)', (gate) => {
  test.each(['\n', '\r', '\u0085', '\u001b[2J', '\u0000'])(
    'contains no code after %j in an image',
    async (character) => {
      checkout.write('web.yaml', deployment(`web:1${character}${CODE}`));
      const { code, stdout, stderr } = await COMMANDS.init({ file: 'web.yaml', gate });
      expect(stderr).toContain('image: Invalid value: ');
      expect(stderr).toContain('must not contain line breaks or other control characters');
      expect([code, stdout, checkout.has('web.spec.js'), checkout.has('web.gate.spec.js')]).toEqual([
        2,
        '',
        false,
        false,
      ]);
    },
  );

  test.each(['\n', '\u2028', '/../../x', "'"])(
    'contains no code after %j in the name of the workload',
    async (character) => {
      checkout.write('web.yaml', deployment('web:1', `web${character}${CODE}`));
      const { code, stdout } = await COMMANDS.init({ file: 'web.yaml', gate });
      expect([code, stdout]).toEqual([2, '']);
    },
  );

  test.each(["'", '\\', '\u2028', '\u2029', '\u202e', '\u0024{x}', '*/'])(
    'quotes code after %j in an image',
    async (character) => {
      checkout.write('web.yaml', deployment(`web:1${character}${CODE}`));
      const { code, stdout } = await COMMANDS.init({ file: 'web.yaml', gate });
      expect(code).toBe(0);
      const { runInNewContext } = require('node:vm');
      const started: unknown[] = [];
      const runPod = (...args: unknown[]) => void started.push(args);
      const start = stdout
        .split('\n')
        .find((line) => line.includes('const start = '))
        ?.trim();
      runInNewContext(`${start}; start();`, { runPod, require: () => ({ execSync: () => started.push('owned') }) });
      expect(started).toEqual([['web.yaml', { images: { web: `web:1${character}${CODE}` } }]]);
      expect(stdout).not.toMatch(/[\u2028\u2029\u202e]/);
    },
  );
});
