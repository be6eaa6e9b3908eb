import type { Pod } from '../../manifest/model';
import type { CreateOptions } from './containerOptions';
import type { Engine } from './engine';
import type { Mount } from './mount';

const HOSTNAME_MAX = 63;
const LOOPBACK = '127.0.0.1';

/**
 * What the engine is asked for to hold a pod's namespaces: its IP, host name and IPC stay while its containers come and go.
 * The ports its containers list are published on the engine's host, at ports of the engine's choice.
 */
export function sandboxOptions(
  { metadata, spec }: Pod,
  placement: { readonly name: string; readonly image: string; readonly labels: Readonly<Record<string, string>> },
  host: string,
  mounts: Mount[] = [],
): CreateOptions {
  const ports = [...spec.initContainers, ...spec.containers].flatMap((container) => container.ports ?? []);
  const names = ports.map(({ containerPort, protocol = 'TCP' }) => portName(containerPort, protocol));
  // Only where the engine is this machine's is its loopback interface ours as well.
  const binding = { HostIp: host === 'localhost' ? LOOPBACK : '', HostPort: '' };
  return {
    name: placement.name,
    Image: placement.image,
    Labels: { ...placement.labels },
    Hostname: (spec.hostname ?? metadata.name).slice(0, HOSTNAME_MAX),
    ExposedPorts: Object.fromEntries(names.map((name) => [name, {}])),
    HostConfig: {
      PortBindings: Object.fromEntries(names.map((name) => [name, [binding]])),
      IpcMode: 'shareable',
      Mounts: mounts,
      RestartPolicy: { Name: 'no' },
      AutoRemove: false,
      Init: false,
    },
  };
}

/** The addresses of a pod, and of the node as the pod sees it. */
export interface SandboxNetwork {
  readonly podIP: string;
  readonly hostIP: string;
}

/** The addresses of a running sandbox on its first network. */
export async function networkOf({ docker }: Engine, id: string): Promise<SandboxNetwork> {
  const { NetworkSettings } = await docker.getContainer(id).inspect();
  const [network] = Object.values(NetworkSettings.Networks);
  return { podIP: network?.IPAddress ?? '', hostIP: network?.Gateway ?? '' };
}

/** Where a port of the pod is published; undefined where no container lists it. */
export async function hostPortOf({ docker }: Engine, id: string, port: number): Promise<number | undefined> {
  const { NetworkSettings } = await docker.getContainer(id).inspect();
  const [published] = NetworkSettings.Ports[portName(port, 'TCP')] ?? [];
  return published && Number(published.HostPort);
}

function portName(port: number, protocol: string): string {
  return `${port}/${protocol.toLowerCase()}`;
}
