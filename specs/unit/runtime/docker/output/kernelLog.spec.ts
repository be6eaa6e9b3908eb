import { describe, expect, test } from '@jest/globals';
import { lastOOMKill } from '../../../../../src/runtime/docker/output/kernelLog';

const MEBI = 1_048_576;

/** Returns the records of /dev/kmsg about a killed process of a container. */
const killed = (container: string, name: string, pid: number, anonKibi: number) => [
  `4,812,2701057575,-;${name} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n`,
  `6,850,2701057794,-;oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=${container},mems_allowed=0,oom_memcg=/docker/${container},task_memcg=/docker/${container},task=${name},pid=${pid},uid=0\n`,
  `3,851,2701057810,-;Memory cgroup out of memory: Killed process ${pid} (${name}) total-vm:143532kB, anon-rss:${anonKibi}kB, file-rss:4096kB, shmem-rss:0kB, UID:0 pgtables:316kB oom_score_adj:0\n`,
];

describe('lastOOMKill', () => {
  test('returns the last killed process with its resident memory', () => {
    const records = [...killed('c1', 'worker (a)', 7, 1_024), ...killed('c1', 'python3', 9, 126_976)];
    expect(lastOOMKill(records, 'c1')).toEqual({ pid: 9, name: 'python3', residentBytes: 128 * MEBI });
  });

  test('returns undefined for another container, or a log without the kill', () => {
    const records = killed('c1', 'node', 7, 1_024);
    expect(lastOOMKill(records, 'c2')).toBeUndefined();
    expect(lastOOMKill(records.slice(0, 2), 'c1')).toBeUndefined();
    expect(lastOOMKill([], 'c1')).toBeUndefined();
  });
});
