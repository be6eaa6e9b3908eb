import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { GateCommandOptions } from '../../../../src/cli/gate/gateCommand';
import { cli } from '../cli';
import { here } from './here';

const GOOD = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: web:1}]}
`;
const TCP_HOOK = GOOD.replace('image: web:1', 'image: web:1, lifecycle: {preStop: {tcpSocket: {port: 80}}}');
const INVALID = GOOD.replace('image: web:1', 'image: web:1, imagePullPolicy: Sometimes');
const TWO = `${GOOD}---\n${GOOD.replace('name: web}', 'name: cart}').replace('name: web,', 'name: cart,')}`;

const folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-gate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string) => path.join(folder, name);

const UNSTARTED = { only: ['valid,lint'] };

describe('gate command without a pod', () => {
  test('passes without a container engine', () => {
    const { code, stdout, stderr } = cli(['gate', '-f', '-', '--only', 'valid,lint'], GOOD);
    expect(stdout.replace(/\d+\.\ds/, '0.1s')).toBe(`\
PASS Pod/web: 2 checks

  valid  passed  Kubernetes accepts the manifest
  lint   passed  lint finds nothing

Not checked:
  17 checks of the pod: excluded by --only or --skip

2 checks: 2 passed. Time: 0.1s (no pods).
`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('fails if lint finds an error, and prints its line', async () => {
    const { code, stdout } = await here(UNSTARTED, TCP_HOOK);
    expect(stdout).toContain(`\
FAIL Pod/web: 1 of 2 checks failed

lint tcp-hook: error: the kubelet does not support tcpSocket hooks, so preStop fails every time
  <stdin>:4:69: spec.containers[0].lifecycle.preStop.tcpSocket
    4 | spec: {containers: [{name: web, image: web:1, lifecycle: {preStop: {tcpSocket: {port: 80}}}}]}
      |                                                                     ^^^^^^^^^
  fix:   use exec or httpGet
  docs:  jest-kubelet/docs/lint.md#tcp-hook
`);
    expect(code).toBe(1);
  });

  test('skips the tests of a chart unless --workload names them', async () => {
    const chart = readFileSync('specs/unit/manifest/charts/helm-create.yaml', 'utf8');
    const only = { only: ['valid'] };
    expect((await here(only, chart)).stdout).toMatch(/^PASS Deployment\/demo: 1 check\n(?!.*Pod\/)/s);
    const named = { ...only, workload: ['Pod/demo-test-connection'] };
    expect((await here(named, chart)).stdout).toMatch(/^PASS Pod\/demo-test-connection: 1 check\n(?!.*Deployment\/)/s);
  });

  test('passes a waived finding, and prints the reason', async () => {
    const { code, stdout, stderr } = await here({ ...UNSTARTED, waive: ['tcp-hook=it is gone in 2.0'] }, TCP_HOOK);
    expect(stdout).toContain('PASS Pod/web: 2 checks, 1 waived\n\nlint tcp-hook: error, waived: the kubelet does not');
    expect(stdout).toContain('\n  waived: it is gone in 2.0\n');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('prints a note about a waiver that waives nothing', async () => {
    const { code, stderr } = await here({ ...UNSTARTED, waive: ['drains=a batch'] }, GOOD);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'note: --waive drains has no effect on this manifest. Remove it\n',
    });
  });

  test('fails on warnings if --fail-on is warning', async () => {
    const warned = GOOD.replace('image: web:1', 'image: web:1, command: [sh, -c, "./migrate; node ."]');
    const { code, stdout } = await here(UNSTARTED, warned);
    expect(stdout).toContain('PASS Pod/web: 2 checks, 1 warning\n\nlint shell-as-pid-1: warning: sh stays PID 1');
    expect(stdout).toMatch(/^ {2}lint +passed +1 warning, see above$/m);
    expect(code).toBe(0);
    expect(await here({ ...UNSTARTED, failOn: 'warning' }, warned)).toMatchObject({ code: 1 });
  });

  test('fails the check valid and starts no pod if Kubernetes rejects the manifest', async () => {
    const { code, stdout } = await here({}, INVALID);
    expect(stdout).toContain(
      'valid: error: Kubernetes rejects the manifest: spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
    );
    expect(stdout).toMatch(/^ {2}ready-in-budget +not run +valid failed$/m);
    expect(code).toBe(1);
  });
});

describe('gate command with several workloads', () => {
  test('checks the workloads one after the other', async () => {
    const { code, stdout } = await here(UNSTARTED, TWO);
    expect(stdout.match(/^PASS [^:]+/gm)).toEqual(['PASS Pod/web', 'PASS Pod/cart']);
    expect(stdout).toContain('\n\nPod/web   passed\nPod/cart  passed\n\n4 checks: 4 passed.');
    expect(code).toBe(0);
  });

  test('ignores the Service of another workload', async () => {
    const serviceFor = (app: string) =>
      `---\napiVersion: v1\nkind: Service\nmetadata: {name: ${app}}\nspec: {selector: {app: ${app}}, ports: [{port: 80}]}\n`;
    const labelled = (app: string) =>
      GOOD.replace('metadata: {name: web}', `metadata: {name: ${app}, labels: {app: ${app}}}`).replace(
        'image: web:1',
        'image: web:1, readinessProbe: {exec: {command: [x]}}',
      );
    const both = `${labelled('web')}${serviceFor('web')}---\n${labelled('cart')}${serviceFor('cart')}`;
    const { code, stdout } = await here(UNSTARTED, both);
    expect(stdout).not.toContain('service-selects-nothing');
    expect(code).toBe(0);
    const { stdout: stray } = await here(UNSTARTED, `${both}${serviceFor('shop')}`);
    expect(stray.match(/service-selects-nothing: error/g)).toHaveLength(2);
  });

  test('checks only the workloads that --workload names', async () => {
    const { stdout } = await here({ ...UNSTARTED, workload: ['pod/cart'] }, TWO);
    expect(stdout).toMatch(/^PASS Pod\/cart: 2 checks\n\n {2}valid/);
  });
});

describe('gate command with invalid arguments', () => {
  const HEALTH = 'liveness-detect-hang';
  test.each<[GateCommandOptions, string]>([
    [{ file: [] }, 'no manifest. Pass -f FILE (- for stdin), --helm CHART or --kustomize DIR'],
    [{ only: [HEALTH] }, `--only: unknown check "${HEALTH}". Did you mean "liveness-detects-hang"?`],
    [{ only: ['lint'], skip: ['lint'] }, '--only and --skip: lint is in both. Remove one'],
    [
      { format: ['json', 'junit'] },
      '--format: json and junit cannot both go to stdout. Write one to a file: --format junit=FILE',
    ],
    [{ format: ['jnit'] }, '--format: unknown format "jnit". Did you mean "junit"?'],
    [{ format: ['json=a', 'junit=a'] }, '--format: two formats use the file a. Use another file for one of them'],
    [{ image: ['web'] }, '--image must be NAME=VALUE such as web=checkout:dev, received "web"'],
    [{ image: ['wev=a'] }, '--image: no container has the name or the image "wev". Valid containers: web (web:1)'],
    [{ image: ['web=a'], build: ['web=.'] }, '--image and --build: web has both. Remove one'],
    [{ service: ['db=nowhere'] }, "services: db must be 'host:port', received 'nowhere'"],
    [{ matrix: true, only: ['lint'] }, '--matrix runs no checks, so --only has no effect. Remove --only'],
    [{ matrix: true, format: ['junit=a'] }, '--matrix: --format must be text or json, received junit'],
    [{ set: ['a=b'] }, '--set needs a chart. Pass --helm CHART'],
    [{ within: '5' }, '--within must be a duration such as 90s, 10m or 1m30s, received "5"'],
    [{ parallel: '0' }, '--parallel must be a whole number from 1 to 9999, received "0"'],
    [{ allow: ['hostPth'] }, '--allow: unknown field "hostPth". Did you mean "hostPath"?'],
    [{ waive: ['tcp-hok=x'] }, '--waive: unknown check or finding "tcp-hok". Did you mean "tcp-hook"?'],
    [{ waive: ['tcp-hook= '] }, '--waive tcp-hook: no reason after =. Add the reason'],
    [{ failOn: 'warn' }, '--fail-on: unknown severity "warn". Valid values: error, warning, info'],
    [{ matrix: true, failOn: 'info' }, '--matrix runs no checks, so --fail-on has no effect. Remove --fail-on'],
    [{ workload: ['Pod/wab'] }, '--workload: <stdin> has no workload "Pod/wab". Did you mean "Pod/web"?'],
  ])('rejects %j', async (options, message) => {
    expect(await here(options, GOOD)).toEqual({ code: 2, stdout: '', stderr: `jest-kubelet: ${message}\n` });
  });

  test('rejects an unknown option, and suggests the nearest one', () => {
    expect(cli(['gate', '--onli', 'lint'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'error: unknown option "--onli". Did you mean --only?\n',
    });
  });

  test('rejects a blocked field, and prints the --allow option', async () => {
    const { code, stderr } = await here({}, GOOD.replace('spec: {', 'spec: {hostNetwork: true, '));
    expect(stderr).toContain('. Pass --allow hostNetwork\n');
    expect(code).toBe(2);
  });

  test('rejects a manifest that cannot be read', async () => {
    expect(await here({ file: ['nosuch.yaml'] }, '')).toMatchObject({ code: 2, stdout: '' });
    expect(await here({}, 'a: b: c')).toMatchObject({ code: 2, stdout: '' });
  });
});

describe('gate command with --format', () => {
  test('writes formats to their files, and the text to stdout', async () => {
    const [junit, sarif] = [file('junit.xml'), file('gate.sarif')];
    const { stdout } = await here({ ...UNSTARTED, format: [`junit=${junit}`, `sarif=${sarif}`] }, TCP_HOOK);
    expect(stdout).toMatch(/^FAIL Pod\/web:/);
    expect(readFileSync(junit, 'utf8')).toContain('<testsuite name="Pod/web"');
    expect(JSON.parse(readFileSync(sarif, 'utf8'))).toMatchObject({ version: '2.1.0' });
  });

  test('writes only the format to stdout if it has no file', async () => {
    const { stdout } = await here({ ...UNSTARTED, format: ['json'] }, GOOD);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, outcome: 'passed' });
  });

  test('prints GitHub annotations after the text', async () => {
    const { stdout } = await here({ ...UNSTARTED, format: ['text', 'github'] }, TCP_HOOK);
    expect(stdout).toMatch(/\(no pods\)\.\n::error title=Pod\/web%3A lint tcp-hook::the kubelet does not/);
  });

  test('appends the GitHub summary to the summary file of the job', () => {
    const summary = file('summary.md');
    writeFileSync(summary, '# before\n');
    const env = { GITHUB_STEP_SUMMARY: summary };
    cli(['gate', '-', '--only', 'valid', '--format', 'github'], GOOD, env);
    expect(readFileSync(summary, 'utf8')).toMatch(/^# before\n### PASS Pod\/web: 1 check\n/);
  });

  test('exits with 2 if a format file cannot be written', async () => {
    const { code, stderr } = await here({ ...UNSTARTED, format: [`json=${file('no/such/folder')}`] }, GOOD);
    expect(stderr).toContain(
      `${file('no/such/folder')}: cannot be written: no such file or directory. Create its folder`,
    );
    expect(code).toBe(2);
  });
});

describe('gate command with a config file', () => {
  const written = (text: string) => {
    writeFileSync(file('gate.yaml'), text);
    return { config: file('gate.yaml') };
  };

  test('uses the options of the config file', async () => {
    const config = written('gate:\n  only: [valid]\n  image: {web: "web:2"}\n  format: [json]\n  parallel: 2\n');
    const { stdout } = await here(config, GOOD);
    expect(JSON.parse(stdout).verdicts[0].checks).toHaveLength(1);
  });

  test('accepts options such as allow and html from the named config file', async () => {
    const config = written(`gate:\n  only: [valid]\n  allow: [hostPath]\n  html: ${file('page.html')}\n`);
    expect(await here(config, GOOD)).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(file('page.html'), 'utf8')).toContain('<!doctype html>');
  });

  test('prefers options of the command line', async () => {
    const config = written('gate:\n  only: [valid]\n  file: [nosuch.yaml]\n  image: {cart: nobody, web: "web:2"}\n');
    const { stdout } = await here({ ...config, only: ['lint'], image: ['cart=cart:3'] }, TWO);
    expect(stdout).toContain('PASS Pod/cart: 1 check\n\n  lint');
  });

  test('replaces an image of the config file with a build', async () => {
    const config = written('gate:\n  only: [valid]\n  image: {web: "web:2"}\n');
    expect(await here({ ...config, build: ['web=.'] }, GOOD)).toMatchObject({ code: 0 });
  });

  test('rejects an unknown field, and suggests the nearest one', async () => {
    expect(await here(written('gate:\n  olny: [valid]\n'), GOOD)).toEqual({
      code: 2,
      stdout: '',
      stderr: `${file('gate.yaml')}:2:3: gate.olny: unknown field. Did you mean "only"?
  2 |   olny: [valid]
    |   ^^^^
`,
    });
  });

  test('rejects a value of the wrong type', async () => {
    const { code, stderr } = await here(written('gate:\n  only: valid\n'), GOOD);
    expect(stderr).toContain(':2:9: gate.only: ');
    expect(code).toBe(2);
  });
});
