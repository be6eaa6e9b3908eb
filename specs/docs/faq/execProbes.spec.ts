import { expect, test } from '@jest/globals';
import { lint, simulatePod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { judgeExec } from '../../../src/probes/exec/judge';
import { commandResult } from '../../../src/probes/exec/result';
import { web } from './web';

const kubernetesVersion = '1.36';

test('an exec probe without its binary is ignored, unless a shell returns 127', () => {
  const alone = {
    kind: 'CouldNotRun',
    message: 'OCI runtime exec failed: exec: "chekc": executable file not found',
  } as const;
  expect(judgeExec(commandResult(['chekc'], alone, { kubernetesVersion }))).toMatchObject({ result: 'Errored' });

  const inShell = { kind: 'Exited', exitCode: 127, output: 'sh: chekc: not found' } as const;
  expect(judgeExec(commandResult(['sh', '-c', 'chekc'], inShell, { kubernetesVersion }))).toMatchObject({
    result: 'Failure',
  });
});

test('an exec probe fails if its command takes longer than timeoutSeconds', async () => {
  const pod = simulatePod(web('livenessProbe: { exec: { command: [check] } }'), {
    web: [{ at: '0s', exec: { check: { code: 0, takes: '2s' } } }],
  });
  await expect(pod).toRestart({ because: 'liveness', within: '1m' });
  expect(pod).toHaveEvent({ reason: 'Unhealthy', message: 'command timed out: "check" timed out after 1s' });
});

test('the kubelet does not expand a variable that uses valueFrom in a probe command', () => {
  const probe = `env: [{ name: TOKEN, valueFrom: { secretKeyRef: { name: api, key: token } } }]
    livenessProbe: { exec: { command: [check, --token, $(TOKEN)] } }`;
  expect(lint(web(probe)).findings.map(({ code }) => code)).toContain('variable-not-expanded');
});

test('lint warns about an exec probe that runs every second', () => {
  const probe = 'livenessProbe: { exec: { command: [check] }, periodSeconds: 1 }';
  expect(lint(web(probe)).findings.map(({ code }) => code)).toContain('exec-probe-too-often');
});
