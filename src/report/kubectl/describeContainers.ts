import type { Instant } from '../../clock/instant';
import { printable } from '../../escaping/terminal';
import type { Container, ContainerPort } from '../../manifest/model';
import type { ContainerState, ContainerStateTerminated, ContainerStatus } from '../../timeline/podStatus';
import { alignTabs } from './alignTabs';
import { describeProbe } from './describeProbe';

const GAP = 2;

/**
 * The lines of a `Containers:` section of `kubectl describe pod`, in the manifest's order, down to the probes: image
 * ID, environment and mounts are left out. `createdAtMs` is the pod's instant 0 in milliseconds since the epoch.
 *
 * Source: kubectl describe.go `describeContainers`.
 */
export function describeContainers(
  title: 'Init Containers' | 'Containers',
  containers: readonly Container[],
  statuses: readonly ContainerStatus[],
  createdAtMs: number,
): readonly string[] {
  const blocks = containers.flatMap((container) => {
    const status = statuses.find(({ name }) => name === container.name);
    return describeContainer(container, status, (at) => rfc1123z(createdAtMs + at));
  });
  return alignTabs([`${title}:`, ...blocks], GAP);
}

/** Prints an instant of the pod's clock as the date that it is in the API. */
export type Dated = (at: Instant) => string;

function describeContainer(container: Container, status: ContainerStatus | undefined, dated: Dated): readonly string[] {
  const { name, image, ports = [], command = [], args = [], resources = {} } = container;
  return [
    `  ${name}:`,
    ...(status ? [`    Container ID:\t${status.containerID ?? ''}`] : []),
    `    Image:\t${image}`,
    portsLine('Port', ports, ({ containerPort }) => containerPort),
    portsLine('Host Port', ports, () => 0),
    ...listed('Command', command),
    ...listed('Args', args),
    ...(status ? describeStatus(status, dated) : []),
    ...quantities('Limits', resources.limits),
    ...quantities('Requests', resources.requests),
    ...describeProbes(container),
  ];
}

function portsLine(title: string, ports: readonly ContainerPort[], numberOf: (port: ContainerPort) => number): string {
  const numbers = ports.map((port) => `${numberOf(port)}/${port.protocol ?? 'TCP'}`);
  return `    ${numbers.length > 1 ? `${title}s` : title}:\t${numbers.join(', ') || '<none>'}`;
}

function listed(title: string, words: readonly string[]): readonly string[] {
  if (words.length === 0) return [];
  return [`    ${title}:`, ...words.flatMap((word) => word.split('\n')).map((line) => `      ${printable(line)}`)];
}

function quantities(title: string, amounts: Readonly<Record<string, string>> = {}): readonly string[] {
  const names = Object.keys(amounts).toSorted();
  if (names.length === 0) return [];
  return [`    ${title}:`, ...names.map((name) => `      ${name}:\t${amounts[name]}`)];
}

function describeStatus({ state, lastState, ready, restartCount }: ContainerStatus, dated: Dated): readonly string[] {
  return [
    ...describeState('State', state, dated),
    ...(lastState.terminated ? describeState('Last State', lastState, dated) : []),
    `    Ready:\t${ready ? 'True' : 'False'}`,
    `    Restart Count:\t${restartCount}`,
  ];
}

/** A waiting container's message is not among what describe shows. */
function describeState(
  title: string,
  { running, waiting, terminated }: ContainerState,
  dated: Dated,
): readonly string[] {
  if (running) return [`    ${title}:\tRunning`, `      Started:\t${dated(running.startedAt)}`];
  if (terminated) return [`    ${title}:\tTerminated`, ...describeEnd(terminated, dated)];
  return [`    ${title}:\tWaiting`, ...(waiting?.reason ? [`      Reason:\t${waiting.reason}`] : [])];
}

function describeEnd(end: ContainerStateTerminated, dated: Dated): readonly string[] {
  const { reason, message, exitCode, signal, startedAt, finishedAt } = end;
  return [
    ...(reason ? [`      Reason:\t${reason}`] : []),
    ...(message ? [`      Message:\t${printable(message)}`] : []),
    `      Exit Code:\t${exitCode}`,
    ...(signal ? [`      Signal:\t${signal}`] : []),
    `      Started:\t${startedAt === undefined ? NO_TIME : dated(startedAt)}`,
    `      Finished:\t${finishedAt === undefined ? NO_TIME : dated(finishedAt)}`,
  ];
}

/** Go's zero time. */
const NO_TIME = 'Mon, 01 Jan 0001 00:00:00 +0000';

function rfc1123z(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000');
}

function describeProbes({ livenessProbe, readinessProbe, startupProbe }: Container): readonly string[] {
  const probes = { Liveness: livenessProbe, Readiness: readinessProbe, Startup: startupProbe };
  return Object.entries(probes).flatMap(([title, probe]) => (probe ? [`    ${title}:\t${describeProbe(probe)}`] : []));
}
