import { expect, test } from '@jest/globals';
import { signalsIn, tableOf } from '../../../../../src/runtime/docker/processes/processTable';

test('names the signals that each process handles, ignores and blocks', () => {
  const process = {
    pid: 200,
    ppid: 90,
    innerPid: 1,
    session: 200,
    state: 'S',
    args: 'sh -c trap "exit 0" TERM; sleep 100',
  };
  const signals = { blocked: '0000000000000000', ignored: '0000000000000004', caught: '0000000000014002' };
  expect(tableOf([{ ...process, ...signals }])).toEqual([
    {
      pid: 200,
      ppid: 90,
      args: 'sh -c trap "exit 0" TERM; sleep 100',
      catches: ['SIGINT', 'SIGTERM', 'SIGCHLD'],
      ignores: ['SIGQUIT'],
      blocks: [],
      session: 200,
    },
  ]);
  const [zombie] = tableOf([{ ...process, ...signals, state: 'Z' }]);
  expect(zombie).toMatchObject({ isZombie: true });
});

test("names signals by their bits, and none of the C library's own", () => {
  expect(signalsIn('0000000100004602')).toEqual(['SIGINT', 'SIGUSR1', 'SIGSEGV', 'SIGTERM']);
  expect(signalsIn('8000003380000000')).toEqual(['SIGRTMIN', 'SIGRTMIN+3', 'SIGRTMIN+4', 'SIGRTMIN+30']);
  expect(signalsIn('')).toEqual([]);
});
