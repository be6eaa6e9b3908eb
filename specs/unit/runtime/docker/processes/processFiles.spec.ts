import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseProcess, parseProcesses } from '../../../../../src/runtime/docker/processes/processFiles';

/** A status file of Linux 6.12, without the lines about memory. */
const STATUS = [
  ...['Name:\tnode', 'Umask:\t0022', 'State:\tS (sleeping)', 'Tgid:\t4711', 'Ngid:\t0', 'Pid:\t4711', 'PPid:\t4690'],
  ...[
    'NStgid:\t4711\t31\t7',
    'NSpid:\t4711\t31\t7',
    'NSsid:\t4690\t30\t6',
    'Threads:\t11',
    'SigQ:\t0/94000',
    'SigPnd:\t0000000000000000',
  ],
  ...['ShdPnd:\t0000000000000000', 'SigBlk:\t0000000000000200', 'SigIgn:\t0000000001001000'],
  ...['SigCgt:\t0000000108014602', ''],
].join('\n');

const NODE = {
  pid: 4711,
  ppid: 4690,
  innerPid: 7,
  session: 4690,
  state: 'S',
  blocked: '0000000000000200',
  ignored: '0000000001001000',
  caught: '0000000108014602',
};

const file = (content: string) => {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(content));
  return Buffer.concat([length, Buffer.from(content)]);
};

test('parses a process, with its arguments in one line', () => {
  expect(parseProcess(STATUS, 'node\0-e\0let a;\n\tlet b;\0')).toEqual({ ...NODE, args: 'node -e let a; let b;' });
});

test('uses the program name of a process without arguments, like ps', () => {
  expect(parseProcess(STATUS, '')).toEqual({ ...NODE, args: '[node]' });
});

test('skips a process that exited before its status was read', () => {
  const written = Buffer.concat([file(STATUS), file('é\0'), file(''), file(''), file(STATUS), file('node\0')]);
  expect(parseProcesses(written)).toEqual([
    { ...NODE, args: 'é' },
    { ...NODE, args: 'node' },
  ]);
  expect(parseProcesses(Buffer.alloc(0))).toEqual([]);
});

(process.platform === 'linux' ? test : test.skip)('reads what this kernel writes', () => {
  const facts = parseProcess(readFileSync('/proc/self/status', 'utf8'), readFileSync('/proc/self/cmdline', 'utf8'));
  expect(facts).toMatchObject({ pid: process.pid, ppid: process.ppid });
  expect(facts.state).toMatch(/^[RSD]$/);
  expect(facts.caught).toMatch(/^[0-9a-f]{16}$/);
});
