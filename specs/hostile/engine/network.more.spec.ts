import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeOnEngine } from '../../engine/onEngine';
import { explainMissingOwnEngine } from '../../engine/ownEngine';
import { isEngineHere } from './engineMachine';
import { ROOT } from './gateProcess';

const missing = explainMissingOwnEngine() ?? (isEngineHere ? undefined : 'the engine is reached by a network');
if (missing !== undefined) process.stderr.write(`specs/hostile/engine/network skipped: ${missing}\n`);
const describeHere = missing === undefined ? describeOnEngine : describe.skip;

const web = {
  name: 'web',
  image: 'busybox:1.36',
  command: ['sh', '-c', "trap 'exit 0' TERM; mkdir /w; echo hi > /w/index.html; httpd -f -p 8080 -h /w & wait"],
  ports: [{ containerPort: 8080 }],
  readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
  livenessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
};
const CHECKS = 'ready-in-budget,stays-ready,liveness-detects-hang';
const MANIFEST = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers: [web] } };

/** A separate network with the loopback interface and an interface for all other traffic. Nothing responds there. */
const NETWORK = `
set -e
export PATH=$PATH:/sbin:/usr/sbin
echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link set lo up
ip link add out type veth peer name in
ip link set in up
ip address add 203.0.113.1/24 dev out
ip link set out up
ip route add default dev out
set +e
sent() { cat /sys/class/net/out/statistics/tx_packets /sys/class/net/lo/statistics/tx_packets | tr '\\n' +; echo 0; }
`;

describeHere('a process on a machine with an isolated network', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'jest-kubelet-network-'));
    writeFileSync(path.join(folder, 'pod.json'), JSON.stringify(MANIFEST));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs Node there, and returns its exit code, its output, and the number of packets that it sent. */
  function run(...args: readonly string[]) {
    // A separate mount of /sys shows the interfaces of this network.
    const script = `mount -t sysfs sysfs /sys\n${NETWORK}\n"$@" >&2; code=$?\necho "$code $(($(sent)))"`;
    const { JEST_WORKER_ID: _, ...env } = process.env;
    const unshare = ['--net', '--mount', 'sh', '-c', script, 'sh', process.execPath, ...args];
    const { stdout, stderr } = spawnSync('unshare', unshare, { cwd: ROOT, env, encoding: 'utf8' });
    const [code, packets] = stdout.trim().split(' ').map(Number);
    return { code, packets, stderr };
  }

  test('sends no packet if it is a gate', () => {
    const args = ['-f', path.join(folder, 'pod.json'), '--image', 'web=busybox:1.36', '--only', CHECKS];
    const { code, packets, stderr } = run('dist/cli.mjs', 'gate', ...args);
    expect([code, packets, stderr]).toEqual([0, 0, expect.stringContaining('PASS Pod/shop')]);
  });

  test('is detected if it sends a packet', () => {
    const send =
      "require('node:net').connect(80, '198.51.100.1').setTimeout(500).once('timeout', () => process.exit(7))";
    const { code, packets } = run('--eval', `${send}.on('error', () => process.exit(7))`);
    expect([code, packets]).toEqual([7, expect.any(Number)]);
    expect(packets).toBeGreaterThan(0);
  });
});
