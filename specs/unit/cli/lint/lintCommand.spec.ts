import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { testOnPosix } from '../../../onPosix';
import { cli } from '../cli';

const GOOD = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: web:1}]}
`;
const TCP_HOOK = GOOD.replace('image: web:1', 'image: web:1, lifecycle: {preStop: {tcpSocket: {port: 80}}}');
const INFO = GOOD.replace('image: web:1', 'image: web:1, lifecycle: {preStop: {httpGet: {port: 80}}}');

test('prints ten mistakes in the order of the file, each with its position', () => {
  const { code, stdout, stderr } = cli(['lint', 'specs/unit/manifest/ten-mistakes.yaml']);
  expect(stdout.match(/^specs\/unit\/manifest\/ten-mistakes\.yaml:\d+:\d+: [^:]+/gm)).toEqual(
    [
      '5:9: metadata.name',
      '15:22: spec.template.spec.restartPolicy',
      '21:30: spec.template.spec.containers[0].ports[0].containerPort',
      '24:23: spec.template.spec.containers[0].resources.limits[memory]',
      '29:23: spec.template.spec.containers[0].livenessProbe.httpGet.scheme',
      '30:31: spec.template.spec.containers[0].livenessProbe.successThreshold',
      '32:13: spec.template.spec.containers[0].readinessProbe.initialDelaySecond',
      '37:15: spec.template.spec.containers[0].lifecycle.preStop.sleep',
      '39:17: spec.template.spec.containers[1].name',
      '40:28: spec.template.spec.containers[1].imagePullPolicy',
    ].map((place) => `specs/unit/manifest/ten-mistakes.yaml:${place}`),
  );
  expect(stdout).toMatch(/\n10 problems that Kubernetes rejects\n$/);
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
});

test('exits with 0 without a finding', () => {
  expect(cli(['lint', '-f', '-'], GOOD)).toMatchObject({ code: 0, stdout: 'no findings in Pod/web\n', stderr: '' });
});

test('prints a finding with position, reason and fix, and exits with 1', () => {
  expect(cli(['lint', '-'], TCP_HOOK)).toMatchObject({
    code: 1,
    stdout: `\
<stdin>:4:69: error: tcp-hook: spec.containers[0].lifecycle.preStop.tcpSocket
  4 | spec: {containers: [{name: web, image: web:1, lifecycle: {preStop: {tcpSocket: {port: 80}}}}]}
    |                                                                     ^^^^^^^^^
  why: the kubelet does not support tcpSocket hooks, so preStop fails every time
  fix: use exec or httpGet
`,
    stderr: '',
  });
});

test('exits with 0 if all findings are infos', () => {
  const { code, stdout } = cli(['lint', '-'], INFO);
  expect(stdout).toContain('info: http-hook-status-ignored');
  expect(code).toBe(0);
});

test('matches a Service in one file with the pods of another', () => {
  const service = '{"kind":"Service","metadata":{"name":"web"},"spec":{"selector":{"test":"liveness"}}}';
  const { stdout } = cli(['lint', 'examples/liveness-http/pod.yaml', '-f', '-'], service);
  expect(stdout).toContain('examples/liveness-http/pod.yaml:9:7: warning: no-readiness-behind-service');
});

test('prints the findings as JSON', () => {
  const { code, stdout } = cli(['lint', '--format', 'json', '-'], TCP_HOOK);
  expect(JSON.parse(stdout)).toMatchObject({
    workloads: ['Pod/web'],
    problems: [],
    findings: [{ code: 'tcp-hook', severity: 'error', position: { file: '<stdin>', line: 4, column: 69 } }],
  });
  expect(code).toBe(1);
});

// `cli` ends a command that hangs.
describe('lint command with bad input exits with 2 and one line', () => {
  const lineOf = (args: readonly string[], input?: string | Buffer) => {
    const { code, stdout, stderr } = cli(args, input);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    return stderr;
  };

  test('rejects 10 MB of NUL bytes', () => {
    expect(lineOf(['lint', '-f', '-'], Buffer.alloc(10_000_000))).toBe('<stdin>: not text: it contains NUL bytes\n');
  });

  test('rejects 10 MB of YAML', () => {
    expect(lineOf(['lint', '-'], `a: ${'b'.repeat(96)}\n`.repeat(100_000))).toBe(
      '<stdin>: an object has 9.5 MB of YAML, but Kubernetes stores at most 1.5 MB\n',
    );
  });

  test('rejects two million lines', () => {
    expect(lineOf(['lint', '-'], 'a: b\n'.repeat(2_000_000))).toBe(
      '<stdin>: must have at most 1,000,000 lines. Pass only the part that defines the pod\n',
    );
  });

  test('rejects an empty input', () => {
    expect(lineOf(['lint', '-'])).toBe('<stdin>: contains no objects\n');
  });

  test('rejects a missing file', () => {
    expect(lineOf(['lint', 'nowhere.yaml'])).toMatch(/^nowhere\.yaml: no such file in .*\n$/);
  });

  test('rejects a command without a file', () => {
    expect(lineOf(['lint'])).toBe('error: no manifest. Pass a FILE, or - for stdin\n');
  });

  test('rejects an unknown option', () => {
    expect(lineOf(['lint', '--formt', 'json', '-'])).toBe('error: unknown option "--formt". Did you mean --format?\n');
  });

  test('rejects an unknown command', () => {
    expect(lineOf(['lnt', '-'])).toBe('error: unknown command "lnt". Did you mean lint?\n');
  });

  test('rejects an unsupported Kubernetes version', () => {
    expect(lineOf(['lint', '--kubernetes-version', '1.9', '-'])).toMatch(
      /^error: option .* It must be 1\.25 to 1\.37 or one of their patches such as 1\.36\.3, received "1\.9"\.$/m,
    );
  });
});

test.each([[['--help']], [['lint', '--help']], [['explain', '--help']], [['gate', '--help']], [['run', '--help']]])(
  '%j prints examples, and exits with 0',
  (args) => {
    const { code, stdout } = cli(args);
    expect(stdout).toMatch(/helm template \. \| jest-kubelet (lint|explain|gate|run) -f -/);
    expect(code).toBe(0);
  },
);

testOnPosix('reads a pipe of the shell', () => {
  const command = path.join(__dirname, '../../../../dist/cli.mjs');
  const script = `"${process.execPath}" "${command}" lint <(cat)`;
  const { status, stdout } = spawnSync('bash', ['-c', script], { input: GOOD, encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, 'no findings in Pod/web\n']);
});
