import type { Instant } from '../../clock/instant';
import { printable } from '../../escaping/terminal';
import type { Container, ContainerPort } from '../../manifest/model';
import type { ContainerState, ContainerStateTerminated, ContainerStatus } from '../../timeline/podStatus';
import { alignTabs } from './alignTabs';
import { describeProbe } from './describeProbe';

const GAP = 2;

/**
 * Returns the `Containers:` section of `kubectl describe pod`, without image IDs, environment and mounts.
 * `createdAtMs` is the instant 0 of the pod, in milliseconds since the epoch.
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
    return describeContainer(container, status, (at) => formatRFC1123Z(createdAtMs + at));
  });
  return alignTabs([`${title}:`, ...blocks], GAP);
}

/** Function that formats an instant of the pod's clock as a date. */
export type FormatInstant = (at: Instant) => string;

function describeContainer(
  container: Container,
  status: ContainerStatus | undefined,
  formatDate: FormatInstant,
): readonly string[] {
  const { name, image, ports = [], command = [], args = [], resources = {} } = container;
  return [
    `  ${name}:`,
    ...(status ? [`    Container ID:\t${status.containerID ?? ''}`] : []),
    `    Image:\t${image}`,
    printPorts('Port', ports, ({ containerPort }) => containerPort),
    printPorts('Host Port', ports, () => 0),
    ...printWords('Command', command),
    ...printWords('Args', args),
    ...(status ? describeStatus(status, formatDate) : []),
    ...printQuantities('Limits', resources.limits),
    ...printQuantities('Requests', resources.requests),
    ...describeProbes(container),
  ];
}

function printPorts(title: string, ports: readonly ContainerPort[], numberOf: (port: ContainerPort) => number): string {
  const numbers = ports.map((port) => `${numberOf(port)}/${port.protocol ?? 'TCP'}`);
  return `    ${numbers.length > 1 ? `${title}s` : title}:\t${numbers.join(', ') || '<none>'}`;
}

function printWords(title: string, words: readonly string[]): readonly string[] {
  if (words.length === 0) return [];
  return [`    ${title}:`, ...words.flatMap((word) => word.split('\n')).map((line) => `      ${printable(line)}`)];
}

function printQuantities(title: string, amounts: Readonly<Record<string, string>> = {}): readonly string[] {
  const names = Object.keys(amounts).toSorted();
  if (names.length === 0) return [];
  return [`    ${title}:`, ...names.map((name) => `      ${name}:\t${amounts[name]}`)];
}

function describeStatus(
  { state, lastState, ready, restartCount }: ContainerStatus,
  formatDate: FormatInstant,
): readonly string[] {
  return [
    ...describeState('State', state, formatDate),
    ...(lastState.terminated ? describeState('Last State', lastState, formatDate) : []),
    `    Ready:\t${ready ? 'True' : 'False'}`,
    `    Restart Count:\t${restartCount}`,
  ];
}

/** Describes a state. `kubectl describe` omits the message of a waiting container. */
function describeState(
  title: string,
  { running, waiting, terminated }: ContainerState,
  formatDate: FormatInstant,
): readonly string[] {
  if (running) return [`    ${title}:\tRunning`, `      Started:\t${formatDate(running.startedAt)}`];
  if (terminated) return [`    ${title}:\tTerminated`, ...describeEnd(terminated, formatDate)];
  return [`    ${title}:\tWaiting`, ...(waiting?.reason ? [`      Reason:\t${waiting.reason}`] : [])];
}

function describeEnd(end: ContainerStateTerminated, formatDate: FormatInstant): readonly string[] {
  const { reason, message, exitCode, signal, startedAt, finishedAt } = end;
  return [
    ...(reason ? [`      Reason:\t${reason}`] : []),
    ...(message ? [`      Message:\t${printable(message)}`] : []),
    `      Exit Code:\t${exitCode}`,
    ...(signal ? [`      Signal:\t${signal}`] : []),
    `      Started:\t${startedAt === undefined ? NO_TIME : formatDate(startedAt)}`,
    `      Finished:\t${finishedAt === undefined ? NO_TIME : formatDate(finishedAt)}`,
  ];
}

/** Zero time of Go. */
const NO_TIME = 'Mon, 01 Jan 0001 00:00:00 +0000';

function formatRFC1123Z(ms: number): string {
  return new Date(ms).toUTCString().replace('GMT', '+0000');
}

function describeProbes({ livenessProbe, readinessProbe, startupProbe }: Container): readonly string[] {
  const probes = { Liveness: livenessProbe, Readiness: readinessProbe, Startup: startupProbe };
  return Object.entries(probes).flatMap(([title, probe]) => (probe ? [`    ${title}:\t${describeProbe(probe)}`] : []));
}
