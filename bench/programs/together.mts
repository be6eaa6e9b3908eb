import { httpdPod, readyPod } from '../pods.mts';
import { agentOf, usedBy } from '../processes.mts';

// Prints how long this number of pods needs to become Ready in parallel, and the resources of this process and its
// agent.

const count = Number(process.argv[2]);
// The agent runs, and has used all its code once.
await (await readyPod(httpdPod)).remove();

const harness = [process.pid, agentOf(process.pid)];
const measureUse = () => harness.map((pid) => usedBy(pid) ?? { cpuMs: 0, residentMB: 0 });
const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);
const before = measureUse();
const from = performance.now();
const pods = await Promise.all(Array.from({ length: count }, () => readyPod(httpdPod)));
const tookMs = performance.now() - from;
const after = measureUse();
await Promise.all(pods.map((pod) => pod.remove()));
console.log(
  JSON.stringify({
    tookMs,
    cpuMs: sum(after.map(({ cpuMs }) => cpuMs)) - sum(before.map(({ cpuMs }) => cpuMs)),
    memoryMB: sum(after.map(({ residentMB }) => residentMB)) - sum(before.map(({ residentMB }) => residentMB)),
  }),
);
