import { readdirSync, readFileSync } from 'node:fs';
import { getContainerRuntimeClient } from 'testcontainers';

const RUN_LABEL = 'jest-kubelet.run';
const OWNER_LABEL = 'jest-kubelet.owner';
const POD_LABEL = 'jest-kubelet.pod';
const MB = 1024 * 1024;

/** Returns the child of this process that runs pods. Only one exists at a time. */
export function agentPid() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => statOf(pid)?.parent === process.pid && argsOf(pid).includes('agent.mjs'));
}

/** The measured figures, and their maximum growth. A process keeps a varying part of its freed memory. */
export const GROWTH_MAX = {
  'memory here': 0.1,
  'memory of the agent': 0.1,
  'resident memory of the agent': 0.3,
  'files here': 0.1,
  'files of the agent': 0.1,
};
export const MEASURES = Object.keys(GROWTH_MAX);

/** Returns the memory in megabytes and the open files of both processes at a quiet moment. */
export async function measure(agent, heap) {
  globalThis.gc?.();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return {
    'memory here': (heapUsed + external + arrayBuffers) / MB,
    'memory of the agent': heap ? await heap.measureUsed() : residentMB(agent),
    'resident memory of the agent': residentMB(agent),
    'files here': filesOf(process.pid),
    'files of the agent': filesOf(agent),
  };
}

/** Returns everything on the engine for the pods of a process. Networks stay until the process exits. */
export async function onEngine(agent) {
  const { dockerode } = (await getContainerRuntimeClient()).container;
  const filters = { label: [RUN_LABEL] };
  const isIts = ({ Labels }) => JSON.parse(Labels?.[OWNER_LABEL] ?? '{}').pid === agent;
  const [containers, { Volumes }, networks] = await Promise.all([
    dockerode.listContainers({ all: true, filters }),
    dockerode.listVolumes({ filters }),
    dockerode.listNetworks({ filters }),
  ]);
  const isOfPod = ({ Labels }) => Labels?.[POD_LABEL] !== undefined;
  const nameContainer = ({ Names: [name] }) => `container ${name}`;
  const its = containers.filter(isIts);
  return {
    // A helper stays until the agent ends.
    helpers: its.filter((each) => !isOfPod(each)).map(nameContainer),
    pods: [
      ...its.filter(isOfPod).map(nameContainer),
      ...(Volumes ?? []).filter(isIts).map(({ Name }) => `volume ${Name}`),
    ],
    networks: networks.filter(isIts).map(({ Name }) => `network ${Name}`),
  };
}

export function isAlive(pid) {
  return statOf(pid)?.state !== undefined && !'ZX'.includes(statOf(pid).state);
}

/** Source: proc_pid_status(5). */
function residentMB(pid) {
  const [, kB] = /^VmRSS:\s*(\d+) kB/m.exec(contentOf(`/proc/${pid}/status`)) ?? [];
  return Number(kB) / 1024;
}

function filesOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return Number.NaN;
  }
}

/** Source: proc_pid_stat(5), fields 3 and 4; the second field may itself hold spaces and parentheses. */
function statOf(pid) {
  const stat = contentOf(`/proc/${pid}/stat`);
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat ? { state, parent: Number(parent) } : undefined;
}

const argsOf = (pid) => contentOf(`/proc/${pid}/cmdline`);

function contentOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
