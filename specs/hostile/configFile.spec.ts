import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { COMMANDS, GOOD } from './commands';
import { Checkout, PRIVATE } from './folder';

let checkout: Checkout;
beforeEach(() => {
  checkout = new Checkout({ 'pod.yaml': GOOD });
});
afterEach(() => checkout[Symbol.dispose]());

/** Runs the gate without a container engine, in a folder that contains this configuration file. */
function gateWith(config: string) {
  checkout.write('jest-kubelet.yaml', config);
  return COMMANDS.gate({ file: ['pod.yaml'], only: ['valid'] });
}

describe('jest-kubelet.yaml in a pull request', () => {
  test.each(['hostPath', 'hostNetwork', 'hostPID', 'hostIPC', 'privileged', 'capabilities', 'host', 'liveness-tcp'])(
    'cannot allow %s',
    async (code) => {
      const { code: exitCode, stderr } = await gateWith(`gate:\n  allow: [${code}]\n`);
      expect(stderr).toBe(
        `jest-kubelet.yaml:2:3: gate.allow: is allowed only in a file that you pass with --config, because it gives access to this machine. Pass --allow or --config jest-kubelet.yaml
  2 |   allow: [${code}]
    |   ^^^^^
`,
      );
      expect(exitCode).toBe(2);
    },
  );

  test.each([
    ['a port of this machine', 'db: localhost:22'],
    ['the metadata service of a cloud', 'db: 169.254.169.254:80'],
    ['a container of somebody else', 'db: container:0123456789ab'],
  ])('cannot give the pod %s as a service', async (_, service) => {
    const { code, stderr } = await gateWith(`gate:\n  service: {${service}}\n`);
    expect(stderr).toContain(
      'jest-kubelet.yaml:2:3: gate.service: is allowed only in a file that you pass with --config',
    );
    expect(code).toBe(2);
  });

  test.each([
    'engine',
    'cluster',
    'kubeconfig',
    'plugins',
    'plugin',
    'postRenderer',
    'helmFlags',
    'kustomizeFlags',
    'config',
  ])('cannot set %s', async (key) => {
    const { code, stderr } = await gateWith(`gate:\n  ${key}: x\n`);
    expect(stderr).toMatch(new RegExp(`^jest-kubelet.yaml:2:3: gate.${key}: unknown field`));
    expect(code).toBe(2);
  });

  test.each([
    ['html', (to: string) => `html: ${to}`],
    ['junit', (to: string) => `format: [junit=${to}]`],
    ['json', (to: string) => `format: [text, json=${to}]`],
  ])('cannot write %s outside of the working directory, with an absolute path', async (_, option) => {
    const { code, stderr } = await gateWith(`gate:\n  ${option(checkout.outside)}\n`);
    expect(stderr).toContain(`"${checkout.outside}" is not in the working directory`);
    expect([code, checkout.outsideText]).toEqual([2, PRIVATE]);
  });

  test.each(['../outside.yaml', 'k8s/../../outside.yaml', './../checkout/../outside.yaml', '~/outside.yaml'])(
    'cannot write a report to %s',
    async (html) => {
      const { code } = await gateWith(`gate:\n  html: ${html}\n`);
      expect([code, checkout.outsideText]).toEqual([2, PRIVATE]);
    },
  );

  test('cannot write a report through a link', async () => {
    checkout.link('report.html');
    const { code } = await gateWith('gate:\n  html: report.html\n');
    expect([code, checkout.outsideText]).toEqual([2, PRIVATE]);
  });

  test('cannot write a report through a link to a missing file', async () => {
    checkout.link('report.html', '../made.html');
    const { code } = await gateWith('gate:\n  html: report.html\n');
    expect([code, checkout.has('../made.html')]).toEqual([2, false]);
  });

  test('cannot write a report through a link of a folder', async () => {
    checkout.link('reports', '..');
    const { code } = await gateWith('gate:\n  html: reports/outside.yaml\n');
    expect([code, checkout.outsideText]).toEqual([2, PRIVATE]);
  });

  test.each([
    ['the manifest', 'file: [OUTSIDE]'],
    ['the values of a chart', 'helm: chart\n  values: [OUTSIDE]'],
    ['a chart', 'helm: OUTSIDE'],
    ['a chart of a registry', 'helm: oci://evil.example/chart'],
    ['a kustomization', 'kustomize: OUTSIDE'],
    ['a kustomization of a repository', 'kustomize: https://evil.example/repo'],
    ['the context of a build', 'build: {web: OUTSIDE}'],
  ])('cannot use a file of this machine as %s', async (_, option) => {
    const config = `gate:\n  only: [valid]\n  ${option.replace('OUTSIDE', checkout.outside)}\n`;
    checkout.write('jest-kubelet.yaml', config);
    const { code, stdout, stderr } = await COMMANDS.gate({});
    expect(stderr).toContain('is not in the working directory. Pass it on the command line');
    expect(stdout + stderr).not.toContain('TOP-PRIVATE');
    expect(code).toBe(2);
  });

  test('cannot be a link to a file of this machine', async () => {
    checkout.link('jest-kubelet.yaml');
    const { code, stderr } = await COMMANDS.gate({ file: ['pod.yaml'], only: ['valid'] });
    expect(stderr).toBe('jest-kubelet.yaml: is a link out of the working directory. Replace the link with the file\n');
    expect(code).toBe(2);
  });

  test('cannot be a named pipe without a writer', async () => {
    checkout.namedPipe('jest-kubelet.yaml');
    const { code, stderr } = await COMMANDS.gate({ file: ['pod.yaml'], only: ['valid'] });
    expect([code, stderr]).toEqual([2, 'jest-kubelet.yaml: is a named pipe, not a file\n']);
  });

  test.each(['--post-renderer=./evil.sh', '-f', '--kube-context=prod'])('cannot name the chart %s', async (chart) => {
    checkout.write('jest-kubelet.yaml', `gate:\n  only: [valid]\n  helm: "${chart}"\n`);
    const { code, stderr } = await COMMANDS.gate({});
    expect(stderr).toContain(`"${chart}" begins with "-", so helm would read it as an option`);
    expect(code).toBe(2);
  });

  test.each([
    ['values', 'values: ["--post-renderer=./evil.sh"]'],
    ['a name', 'set: {"--post-renderer": ./evil.sh}'],
  ])('cannot give %s that helm parses as an option', async (_, option) => {
    checkout.write('jest-kubelet.yaml', `gate:\n  only: [valid]\n  helm: chart\n  ${option}\n`);
    const { code, stderr } = await COMMANDS.gate({});
    expect(stderr).toContain('begins with "-", so helm would read it as an option');
    expect(code).toBe(2);
  });

  test('cannot name a kustomization that kustomize parses as an option', async () => {
    checkout.write('jest-kubelet.yaml', 'gate:\n  only: [valid]\n  kustomize: "--enable-alpha-plugins"\n');
    const { code, stderr } = await COMMANDS.gate({});
    expect(stderr).toContain('begins with "-", so kustomize would read it as an option');
    expect(code).toBe(2);
  });
});
