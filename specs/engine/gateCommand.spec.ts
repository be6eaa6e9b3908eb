import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { imageTag } from '../../src/runtime/imageBuild';
import { blocksIn, page, ROOT } from '../docs/pages';
import { Shell } from '../docs/shell';
import { realLimit } from '../pace';
import { problemsInJUnit } from '../unit/gate/formats/xmllint';
import { describeOnEngine } from './onEngine';

const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: {name: checkout}
spec:
  selector: {matchLabels: {app: checkout}}
  template:
    metadata: {labels: {app: checkout}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - name: web
        image: example.com/checkout
        ports: [{containerPort: 8080}]
        readinessProbe: {httpGet: {path: /hostname, port: 8080}, periodSeconds: 1}
`;
const DOCKERFILE = `FROM busybox:1.36
CMD ["httpd", "-f", "-p", "8080", "-h", "/etc"]
`;
/** Time after which everything must be removed. */
const GONE_WITHIN_MS = realLimit(10_000);
const IMAGES = ['checkout:dev', 'checkout:a1b2c3'];

const [config = ''] = blocksIn(page('docs/gate.md'), 'yaml');
const [github = '', gitlab = ''] = blocksIn(page('docs/ci.md'), 'yaml');
const [use = ''] = blocksIn(page('docs/gate.md'), 'sh');

describeOnEngine('the gate commands on the pages', () => {
  // The configuration file of a team keeps the commands short.
  const shell = new Shell(
    { 'k8s/deployment.yaml': MANIFEST, Dockerfile: DOCKERFILE, 'jest-kubelet.yaml': config },
    { helm: `[ "$*" = 'template .' ] && cat k8s/deployment.yaml`, npm: `[ "$*" = ci ]` },
  );
  beforeAll(() => {
    execFileSync('docker', ['build', '--quiet', '--tag', 'checkout:dev', shell.dir], { stdio: 'pipe' });
  });
  afterAll(() => {
    execFileSync('docker', ['rmi', '--force', ...IMAGES, imageTag({ build: shell.dir })], { stdio: 'ignore' });
    shell[Symbol.dispose]();
  });

  test('docs/gate.md: the gate runs on a folder, on a chart, and without an engine', () => {
    for (const line of use.split('\n')) {
      const { code, stdout } = shell.run(line);
      expect(stdout).toMatch(/^PASS Deployment\/checkout: \d checks\n/);
      expect(code).toBe(0);
    }
  });

  test('docs/ci.md: the steps of the GitHub job pass', async () => {
    const { steps } = parse(github).jobs.gate;
    const lines = steps.flatMap(({ run }: { readonly run?: string }) => run ?? []);
    for (const line of lines) expect(shell.run(line, { GITHUB_SHA: 'a1b2c3' })).toMatchObject({ code: 0 });
    expect(JSON.parse(shell.read('gate.sarif')).runs[0].results).toEqual([]);
  });

  test('docs/ci.md: the script of the GitLab job passes', async () => {
    for (const line of parse(gitlab).gate.script) expect(shell.run(line)).toMatchObject({ code: 0 });
    const junit = shell.read('gate.xml');
    expect(await problemsInJUnit(junit)).toEqual([]);
    expect(junit).toContain('<testcase name="liveness-detects-crash" classname="Deployment/checkout"');
  });

  test('prints the failed check with its place in the manifest, and exits with 1', () => {
    const { code, stdout } = shell.run('npx jest-kubelet gate -f k8s/ --build web=. --only terminates-in-grace');
    expect(stdout).toMatch(
      /^FAIL Deployment\/checkout: 1 of 1 check failed\n\nterminates-in-grace: .*still running 2(\.\d)?s after SIGTERM/,
    );
    expect(stdout).toContain(`
  k8s/deployment.yaml:9:38: spec.template.spec.terminationGracePeriodSeconds
    9 |       terminationGracePeriodSeconds: 1
      |                                      ^
`);
    expect(stdout).toMatch(/^ {2}> +\+\d+\.\ds {2}web +SIGKILL/m);
    expect(code).toBe(1);
  });

  test('removes all pods and exits immediately on Ctrl-C', async () => {
    shell.write('interrupted/pod.yaml', MANIFEST.replaceAll('checkout', 'interrupted'));
    const args = ['gate', '-f', 'interrupted', '--image', 'web=checkout:dev', '--only', 'liveness-detects-crash'];
    const left = () =>
      execFileSync('docker', ['ps', '--all', '--quiet', '--filter', 'name=interrupted'], { encoding: 'utf8' });
    const gate = spawn(process.execPath, [path.join(ROOT, 'dist/cli.mjs'), ...args], {
      cwd: shell.dir,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(gate, 'exit');
    let there = '';
    for await (const line of createInterface(gate.stderr)) {
      if (!line.includes('waiting for Ready')) continue;
      // The wait begins before the engine has created the containers.
      for (const until = Date.now() + GONE_WITHIN_MS; there === '' && Date.now() < until; there = left())
        await sleep(50);
      gate.kill('SIGINT');
    }
    expect(there).not.toBe('');
    expect(await ended).toEqual([null, 'SIGINT']);
    for (const until = Date.now() + GONE_WITHIN_MS; left() !== '' && Date.now() < until; ) await sleep(100);
    expect(left()).toBe('');
  });

  test('exits with 3 if an image cannot be built', () => {
    expect(shell.run('npx jest-kubelet gate -f k8s/ --build web=k8s --image web=')).toMatchObject({ code: 2 });
    const { code, stderr } = shell.run('mv jest-kubelet.yaml away.yaml; npx jest-kubelet gate -f k8s/ --build web=k8s');
    expect(stderr).toContain('Dockerfile not found. Set build and dockerfile to the path of a Dockerfile');
    expect(code).toBe(3);
  });
});
