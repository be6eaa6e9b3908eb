import { expect, test } from '@jest/globals';
import { signalsIn, tableOf } from '../../../src/runtime/docker/processTable';

const Titles = ['PID', 'PPID', 'BLOCKED', 'IGNORED', 'CAUGHT', 'COMMAND'];
const NONE = '0000000000000000';

test('has the main process first, and none that the engine started beside it', () => {
  const Processes = [
    ['301', '90', NONE, NONE, NONE, 'wget -q localhost'],
    ['201', '200', NONE, NONE, NONE, 'sleep 100'],
    ['200', '90', NONE, '0000000000000004', '0000000000014002', 'sh -c trap "exit 0" TERM; sleep 100'],
  ];
  expect(tableOf(200, { Titles, Processes })).toEqual([
    {
      pid: 200,
      ppid: 90,
      args: 'sh -c trap "exit 0" TERM; sleep 100',
      catches: ['SIGINT', 'SIGTERM', 'SIGCHLD'],
      ignores: ['SIGQUIT'],
      blocks: [],
    },
    { pid: 201, ppid: 200, args: 'sleep 100', catches: [], ignores: [], blocks: [] },
  ]);
});

test('is not there where ps does not know of signals', () => {
  expect(tableOf(200, { Titles: ['PID', 'PPID', 'COMMAND'], Processes: [['200', '90', 'sh']] })).toBeUndefined();
});

test("names signals by their bits, and none of the C library's own", () => {
  expect(signalsIn('0000000100004602')).toEqual(['SIGINT', 'SIGUSR1', 'SIGSEGV', 'SIGTERM']);
  expect(signalsIn('8000003380000000')).toEqual(['SIGRTMIN', 'SIGRTMIN+3', 'SIGRTMIN+4', 'SIGRTMIN+30']);
  expect(signalsIn()).toEqual([]);
});
