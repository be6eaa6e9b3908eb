import { describe, expect, test } from '@jest/globals';
import { findCgroups } from '../../../../../src/runtime/docker/cpu/cgroup';
import { parseThread, readThrottledMs } from '../../../../../src/runtime/docker/cpu/container';
import { parseMachine } from '../../../../../src/runtime/docker/cpu/machine';

const SANDBOX = 'a'.repeat(64);
const WEB = 'b'.repeat(64);

describe('findCgroups', () => {
  const folderOf = (cgroup: string) => findCgroups(SANDBOX, 42, (file) => ({ '/proc/42/cgroup': cgroup })[file])?.(WEB);

  test('finds a container beside its sandbox in the CPU hierarchy of cgroup v1', () => {
    const lines = [`4:memory:/docker/${SANDBOX}`, `2:cpu,cpuacct:/docker/${SANDBOX}`, '0::/'];
    expect(folderOf(lines.join('\n'))).toBe(`/sys/fs/cgroup/cpu,cpuacct/docker/${WEB}`);
  });

  test('finds a container in the only hierarchy of cgroup v2', () => {
    expect(folderOf(`0::/system.slice/docker-${SANDBOX}.scope\n`)).toBe(
      `/sys/fs/cgroup/system.slice/docker-${WEB}.scope`,
    );
  });

  test('returns undefined if the process is on another machine or has exited', () => {
    expect(folderOf('0::/user.slice/something-else\n')).toBeUndefined();
    expect(findCgroups(SANDBOX, 42, () => undefined)).toBeUndefined();
  });
});

describe('parseThread', () => {
  test('reads run time, wait and state after a program name with parentheses', () => {
    expect(parseThread('40000000 1500000000 12\n', '7 (a) R (b) S 1 7 7')).toEqual({
      ranMs: 40,
      waitedMs: 1_500,
      isRunnable: false,
      isStopped: false,
      startedAt: 0,
    });
    const fields = `T ${Array.from({ length: 18 }, () => 1).join(' ')} 5120 7`;
    expect(parseThread('0 0 0', `7 (web) ${fields}`)).toMatchObject({ isStopped: true, startedAt: 5_120 });
    expect(parseThread('0 0 0\n', '7 (web) R 1 7 7')).toMatchObject({ isRunnable: true });
  });

  test('returns undefined if the kernel counts no waits', () => {
    expect(parseThread('', '7 (web) R 1')).toBeUndefined();
  });
});

describe('readThrottledMs', () => {
  const throttledIn = (files: Readonly<Record<string, string>>) => {
    return readThrottledMs('/cgroup', (file) => files[file.replace('/cgroup/', '')]);
  };

  test('counts the throttled periods of cgroup v1, not the sum over processors', () => {
    const stat = 'nr_periods 10\nnr_throttled 9\nthrottled_time 2044640528\n';
    expect(throttledIn({ 'cpu.stat': stat, 'cpu.cfs_period_us': '50000\n' })).toBe(450);
  });

  test('counts the throttled periods of cgroup v2', () => {
    const stat = 'usage_usec 1\nnr_periods 9\nnr_throttled 3\nthrottled_usec 1500000\n';
    expect(throttledIn({ 'cpu.stat': stat, 'cpu.max': '5000 100000\n' })).toBe(300);
  });

  test('returns 0 without a limit', () => {
    expect(throttledIn({ 'cpu.stat': 'usage_usec 1\n', 'cpu.max': 'max 100000\n' })).toBe(0);
    expect(throttledIn({})).toBe(0);
  });
});

describe('parseMachine', () => {
  test('excludes idle time and disk waits from the busy time', () => {
    const stat = 'cpu  100 20 30 4000 500 6 7 8 0 0\ncpu0 1 1 1 1\n';
    expect(parseMachine(stat, undefined)).toEqual({ busyMs: 1_710, processors: 1, pressureMs: undefined });
  });

  test('reads the pressure in milliseconds', () => {
    const pressure = 'some avg10=99.18 avg60=99.26 avg300=98.38 total=2201643274\nfull avg10=0.00 total=5\n';
    expect(parseMachine('cpu 0 0 0 0 0 0 0 0', pressure).pressureMs).toBeCloseTo(2_201_643.274);
  });
});
