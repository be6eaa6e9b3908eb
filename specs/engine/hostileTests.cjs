// The tests of a project that has hostile apps. Its Jest does nothing else: how much memory the apps cost can be seen.
const { readFileSync, writeFileSync } = require('node:fs');
const { expect, test } = require('@jest/globals');
const { runPod } = require('jest-kubelet');
const { getContainerRuntimeClient } = require('testcontainers');

const { OWNER_LABEL } = globalThis;
const GROWTH_MAX_MB = 200;
const PIDS_MAX = 4_096;

const MESS = '\\033]0;owned\\007\\033[2J<script>alert(1)</script> \\377\\376';

/** Has it run, and does this and that to it; neither the agent nor this process may grow much by any of that. */
async function bear(web, ...acts) {
  const started = { name: 'web', image: 'busybox:1.36', ...web };
  const spec = { containers: [started], terminationGracePeriodSeconds: 1 };
  const pod = await runPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bad' }, spec });
  while (pod.timeline.of('ContainerStarted').length === 0) await pod.progress(Number.POSITIVE_INFINITY);
  const agent = await agentOf(pod);
  for (const act of acts) {
    const growths = { 'this process': growthOf(process.pid), 'the agent': growthOf(agent) };
    await act(pod);
    const grown = Object.entries(growths).map(([whose, growth]) => [whose, Math.round(growth())]);
    expect(grown.filter(([, megabytes]) => megabytes >= GROWTH_MAX_MB)).toEqual([]);
  }
  expect(pod.broken).toBeUndefined();
}

test('survives 120 MB of output in lines of 10 MB, with bytes that are not text', async () => {
  const script = `sleep 1; for i in $(seq 12); do head -c 10000000 /dev/zero | tr '\\0' x; echo; done; printf '${MESS}\\n'; exit 3`;
  const readinessProbe = { exec: { command: ['sh', '-c', `printf '${MESS}'; exit 1`] }, periodSeconds: 1 };
  await bear(
    { command: ['sh', '-c', script], readinessProbe },
    async (pod) => {
      await expect(pod).toLog('<script>', { since: 'start', within: '2m' });
      await expect(pod).toExitWith(3);
      await expect(pod).toRestart({ since: 'start' });
      const failure = await expect(pod)
        .toBecomeReady({ within: '1s' })
        .then(() => '', String);
      expect(failure).toContain('<script>alert(1)</script>');
      expect(failure).not.toMatch(/\p{Cc}(?<!\n)/u);
    },
    async (pod) => {
      const logs = await pod.container('web').logs({ previous: true });
      expect(logs).toMatch(/^jest-kubelet: \d+ bytes before this are left out\n/);
      expect(logs.length).toBeLessThan(11_000_000);
    },
  );
});

test('survives 200 MB from a probe, and from a command of the test', async () => {
  const script = 'mkdir /tmp/www; truncate -s 200M /tmp/www/index.html; exec httpd -f -p 8080 -h /tmp/www';
  const readinessProbe = { httpGet: { path: '/index.html', port: 8080 }, periodSeconds: 1 };
  const livenessProbe = { exec: { command: ['cat', '/tmp/www/index.html'] }, periodSeconds: 1, timeoutSeconds: 30 };
  // The other probes run after the server listens.
  const startupProbe = { tcpSocket: { port: 8080 }, periodSeconds: 1, failureThreshold: 60 };
  await bear({ command: ['sh', '-c', script], startupProbe, readinessProbe, livenessProbe }, async (pod) => {
    await expect(pod).toBecomeReady();
    const { output } = await pod.container('web').exec(['cat', '/tmp/www/index.html']);
    expect(output).toHaveLength(4 * 1024 * 1024);
    const answers = pod.timeline.of('ProbeFinished').filter(({ probe }) => probe !== 'startup');
    expect(new Set(answers.map(({ result, output }) => `${result}, ${output.length}`))).toEqual(
      new Set(['Success, 10240']),
    );
  });
});

test('limits the processes of an app that forks forever', async () => {
  const forks = '(while true; do sleep 600 & done) 2>&1; exec tail -f /dev/null';
  await bear({ command: ['sh', '-c', `until test -e /go; do sleep 0.1; done; ${forks}`] }, async (pod) => {
    const container = await containerOf(pod);
    expect((await container.inspect()).HostConfig.PidsLimit).toBe(PIDS_MAX);
    // The full limit would block all other work of this machine.
    await container.update({ PidsLimit: 64 });
    await pod.container('web').exec(['touch', '/go']);
    await expect(pod).toLog(/can't fork/, { since: 'start', within: '2m' });
  });
});

async function containerOf(pod) {
  const { dockerode } = (await getContainerRuntimeClient()).container;
  return dockerode.getContainer(pod.status.containerStatuses[0].containerID);
}

/** Returns the process that runs the pod. */
async function agentOf(pod) {
  const { Config } = await (await containerOf(pod)).inspect();
  return JSON.parse(Config.Labels[OWNER_LABEL]).pid;
}

/**
 * Returns a function that returns the maximum growth of a process since the call, in megabytes.
 * Source: proc_pid_clear_refs(5), `VmHWM`.
 */
function growthOf(pid) {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const megabytes = (field) =>
    Number(new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  const before = megabytes('VmRSS');
  return () => megabytes('VmHWM') - before;
}
