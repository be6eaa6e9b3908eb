import type { Pod } from '../../../manifest/model';
import { containersOf } from '../../../manifest/model';
import type { Mount } from '../containers/mount';
import type { ContainerInspection, CreateOptions } from '../engine/docker';
import type { Engine } from '../engine/engine';
import { OWN_CONTAINER, OWN_USER } from '../helper/ownContainer';
import { isServiceNetwork } from '../services/serviceNetwork';

const CLUSTER_DOMAIN = 'cluster.local';
const HOSTNAME_MAX = 63;
const LOOPBACK = '127.0.0.1';

/**
 * Returns the options of the container that holds a pod's namespaces: its IP, hostname, hosts file and IPC stay when
 * its containers restart. The ports that its containers list are published on the engine's host, at ports of the
 * engine's choice; `hosts` are further names and their IPs.
 */
export function sandboxOptions(
  pod: Pod,
  placement: { readonly name: string; readonly image: string; readonly labels: Readonly<Record<string, string>> },
  host: string,
  mounts: readonly Mount[] = [],
  hosts: Readonly<Record<string, string>> = {},
): CreateOptions {
  const { hostIPC, hostNetwork, hostAliases = [] } = pod.spec;
  const names = [
    ...hostAliases.flatMap(({ ip, hostnames = [] }) => hostnames.map((name) => [name, ip] as const)),
    ...Object.entries(hosts),
  ];
  return {
    name: placement.name,
    Image: placement.image,
    Labels: { ...placement.labels },
    User: OWN_USER,
    ...(!hostNetwork && { ...namesOf(pod), ...exposedPorts(pod) }),
    HostConfig: {
      ...OWN_CONTAINER,
      ...(hostNetwork ? { NetworkMode: 'host' } : { PortBindings: portBindings(pod, host) }),
      ...(names.length > 0 && { ExtraHosts: names.map(([name, ip]) => `${name}:${ip}`) }),
      IpcMode: hostIPC ? 'host' : 'shareable',
      // The file system of a sandbox without volumes needs no writes.
      ...(mounts.length > 0 ? { Mounts: [...mounts] } : { ReadonlyRootfs: true }),
    },
  };
}

/**
 * Returns the names of a pod. The hosts file also contains the pod's full name if it has a subdomain.
 *
 * Source: kubelet_pods.go `GeneratePodHostNameAndDomain`, `truncatePodHostnameIfNeeded`.
 */
function namesOf(pod: Pod): CreateOptions {
  const { metadata, spec } = pod;
  const domain = spec.subdomain && `${spec.subdomain}.${metadata.namespace}.svc.${CLUSTER_DOMAIN}`;
  return {
    Hostname: computeHostname(pod),
    ...(domain && { Domainname: domain }),
  };
}

export function computeHostname({ metadata, spec }: Pod): string {
  const name = spec.hostname || metadata.name;
  return name.length > HOSTNAME_MAX ? name.slice(0, HOSTNAME_MAX).replace(/[-.]+$/, '') : name;
}

function exposedPorts(pod: Pod): CreateOptions {
  return { ExposedPorts: Object.fromEntries(portNamesOf(pod).map((name) => [name, {}])) };
}

function portBindings(pod: Pod, host: string) {
  // The engine's loopback interface is ours only if the engine runs on this machine.
  const binding = { HostIp: host === 'localhost' ? LOOPBACK : '', HostPort: '' };
  return Object.fromEntries(portNamesOf(pod).map((name) => [name, [binding]]));
}

function portNamesOf({ spec }: Pod): string[] {
  const ports = containersOf(spec).flatMap((container) => container.ports ?? []);
  return ports.map(({ containerPort, protocol = 'TCP' }) => portName(containerPort, protocol));
}

/** The addresses of a pod and of its node, and the network that they belong to. */
export interface SandboxNetwork {
  readonly podIP: string;
  readonly hostIP: string;
  /** The id of its network, or undefined for the network of the machine. */
  readonly networkId: string | undefined;
  /** The pid of the sandbox's main process on the engine's machine. */
  readonly pid: number;
}

/**
 * Returns the addresses of a running sandbox on its own network, or those of the machine if it uses the machine's
 * network.
 */
export async function readSandboxNetwork(
  { docker }: Engine,
  { NetworkSettings, HostConfig, State: { Pid: pid } }: ContainerInspection,
): Promise<SandboxNetwork> {
  if (HostConfig.NetworkMode === 'host') {
    const { IPAM } = await docker.getNetwork('bridge').inspect();
    const { Gateway, Subnet = '' } = IPAM?.Config?.[0] ?? {};
    // An engine that has chosen the network itself does not always report its own address in it, which is the first.
    const hostIP = Gateway ?? firstHostOf(Subnet);
    return { podIP: hostIP, hostIP, networkId: undefined, pid };
  }
  const own = Object.entries(NetworkSettings.Networks).find(([name]) => !isServiceNetwork(name));
  const network = own?.[1];
  return { podIP: network?.IPAddress ?? '', hostIP: network?.Gateway ?? '', networkId: network?.NetworkID, pid };
}

/** Returns the first address of a subnet: `172.17.0.1` for `172.17.0.0/16`. */
function firstHostOf(subnet: string): string {
  const [network = ''] = subnet.split('/');
  return network.replace(/\d+$/, (last) => String(Number(last) + 1));
}

/** Returns the published port of a port of the pod, or undefined if no container lists it. */
export async function findHostPort({ docker }: Engine, id: string, port: number): Promise<number | undefined> {
  const { NetworkSettings, HostConfig } = await docker.getContainer(id).inspect();
  if (HostConfig.NetworkMode === 'host') return port;
  const [published] = NetworkSettings.Ports[portName(port, 'TCP')] ?? [];
  return published && Number(published.HostPort);
}

function portName(port: number, protocol: string): string {
  return `${port}/${protocol.toLowerCase()}`;
}
