import { expect, test } from '@jest/globals';
import { parseSignals, toProcessTable } from '../../../../../src/runtime/docker/processes/processTable';

test('names the handled, ignored and blocked signals of each process', () => {
  const process = {
    pid: 200,
    ppid: 90,
    innerPid: 1,
    session: 200,
    state: 'S',
    args: 'sh -c trap "exit 0" TERM; sleep 100',
  };
  const signals = { blocked: '0000000000000000', ignored: '0000000000000004', caught: '0000000000014002' };
  expect(toProcessTable([{ ...process, ...signals }])).toEqual([
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
  const [zombie] = toProcessTable([{ ...process, ...signals, state: 'Z' }]);
  expect(zombie).toMatchObject({ isZombie: true });
});

test('names signals by their bits, except those of the C library', () => {
  expect(parseSignals('0000000100004602')).toEqual(['SIGINT', 'SIGUSR1', 'SIGSEGV', 'SIGTERM']);
  expect(parseSignals('8000003380000000')).toEqual(['SIGRTMIN', 'SIGRTMIN+3', 'SIGRTMIN+4', 'SIGRTMIN+30']);
  expect(parseSignals('')).toEqual([]);
});
