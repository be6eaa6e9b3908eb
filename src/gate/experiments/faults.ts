import { holds, undecided } from '../../judgements/judgement';
import type { Container } from '../../manifest/model';
import { parseQuantity } from '../../manifest/quantity';
import type { Event } from '../../timeline/event';
import type { Surrounding } from '../../timeline/rehearsal';
import { clientsOf } from '../model/clients';
import type { Fault, FaultsOf } from '../model/matrix';
import { runningContainers } from '../model/subject';

const MEBI = 1_048_576n;
const NANOS = 1_000_000_000n;
/** No engine limits a container to less. */
const LEAST_MEBI = 6;
/** What is enough for anything a test runs. */
const PLENTY = '16Gi';
const OUT_OF_MEMORY_MS = 15_000;
/** A volume that is larger would take long to fill, and much of the machine. */
const FILLED_MOST_MEBI = 256;

/** Every fault of the matrix, in the order of its rows: what can be done to each container, then to each service. */
export const faultsOf: FaultsOf = (subject) => {
  const containers = runningContainers(subject);
  const lines = subject.services.length > 0 ? subject.services.map(serviceCut) : [noService()];
  return [
    ...containers.map(hang),
    ...containers.map(crash),
    ...containers.map(portClosed),
    ...lines,
    ...containers.map(outOfMemory),
    ...containers.map(throttled),
    ...containers.map(diskFull),
  ];
};

function hang({ name }: Container): Fault {
  return {
    name: 'hang',
    target: name,
    container: name,
    right: 'restarted by liveness',
    inject: async (actor) => {
      await actor.container(name).freeze();
      return undefined;
    },
  };
}

function crash({ name }: Container): Fault {
  return {
    name: 'crash',
    target: name,
    container: name,
    right: 'restarted',
    inject: async (actor) => {
      await actor.container(name).kill();
      return undefined;
    },
  };
}

/**
 * Nothing outside a process can close its port; that nothing gets through to it any more is the same to whoever asks: so
 * the pod's network is cut, for all of its containers.
 */
function portClosed({ name, ports = [], livenessProbe, readinessProbe }: Container): Fault {
  const asked = [livenessProbe, readinessProbe].some((probe) => probe?.httpGet ?? probe?.tcpSocket ?? probe?.grpc);
  const listens = ports.length > 0 || asked;
  return {
    name: 'port closed',
    target: name,
    container: name,
    right: 'restarted by liveness',
    whyNot: listens ? undefined : `${name} has no port`,
    inject: async (actor) => {
      if (!actor.disconnect) return 'its network cannot be cut here';
      await actor.disconnect();
      return undefined;
    },
    end: async (actor) => actor.reconnect?.(),
  };
}

function noService(): Fault {
  const whyNot = 'no service was given that the pod talks to';
  return { name: 'service cut', target: '', right: 'left running', whyNot, inject: async () => whyNot };
}

function serviceCut(service: string): Fault {
  return {
    name: 'service cut',
    target: service,
    right: 'left running',
    inject: async (actor) => {
      const line: (Surrounding & { disconnect?: () => Promise<void> }) | undefined = actor.service?.(service);
      if (!line) return `${service} cannot be cut off here`;
      await (line.disconnect ?? line.freeze).call(line);
      return undefined;
    },
    end: async (actor) => {
      const line: (Surrounding & { reconnect?: () => Promise<void> }) | undefined = actor.service?.(service);
      await (line?.reconnect ?? line?.thaw)?.call(line);
    },
  };
}

/** Its limit is lowered as far as the engine allows, which is to what it uses; its clients then have it use a little more. */
function outOfMemory({ name, resources }: Container): Fault {
  const limit = resources?.limits?.memory;
  const mebi = limit === undefined ? undefined : Number((parseQuantity(limit)?.nanos ?? 0n) / NANOS / MEBI);
  return {
    name: 'out of memory',
    target: name,
    container: name,
    right: 'restarted',
    whyNot: mebi === undefined ? `${name} has no memory limit that it could exceed` : undefined,
    inject: async (actor, stage) => {
      const container = actor.container(name);
      if (!container.limit || mebi === undefined) return 'its memory cannot be limited here';
      const since = actor.timeline.events.length;
      const ended = (events: readonly Event[]) =>
        events.slice(since).find((event) => event.kind === 'ContainerExited' && event.container === name);
      let most = mebi;
      for (let least = LEAST_MEBI; most - least > 1 && !ended(actor.timeline.events); ) {
        const middle = Math.floor((most + least) / 2);
        // With less than what is in use the engine refuses (cgroup v1), or the kernel kills at once (v2).
        const fits = await container.limit({ memory: `${middle}Mi` }).then(
          () => true,
          () => false,
        );
        if (fits) most = middle;
        else least = middle;
      }
      const [client] = clientsOf(stage.subject);
      const asking = client && (await actor.requests(client.path, { ...client.options, every: '10ms' }));
      const killed = await stage.wait(actor, {
        for: `${name} to run out of memory`,
        limit: OUT_OF_MEMORY_MS,
        judge: ({ events }) => {
          const end = ended(events);
          return end ? holds(end, 'ended') : undecided('running');
        },
      });
      // At once: the next instance is under way already, and has no use for as little.
      await container.limit({ memory: limit ?? PLENTY });
      await asking?.stop();
      return killed.judgement.outcome === 'holds' ? undefined : `${name} goes on with the ${most} MiB it has in use`;
    },
  };
}

function throttled({ name, resources }: Container): Fault {
  const cpu = resources?.requests?.cpu;
  return {
    name: 'CPU throttled to its request',
    target: name,
    container: name,
    right: 'left running',
    whyNot: cpu === undefined ? `${name} requests no CPU` : undefined,
    inject: async (actor) => {
      const container = actor.container(name);
      if (!container.limit || cpu === undefined) return 'its CPU cannot be limited here';
      await container.limit({ cpu });
      return undefined;
    },
  };
}

/** Only what has a bound of its own is filled: anything else would fill the disk of the machine. */
function diskFull(container: Container): Fault {
  const { name, volumeMounts = [] } = container;
  return {
    name: 'disk full',
    target: name,
    container: name,
    right: 'left running',
    whyNot: undefined,
    inject: async (actor) => {
      const bounded = (actor.pod.spec.volumes ?? []).filter(({ emptyDir }) => mebiOf(emptyDir) !== undefined);
      const mount = volumeMounts.find((each) => bounded.some((volume) => volume.name === each.name));
      const size = mebiOf(bounded.find((volume) => volume.name === mount?.name)?.emptyDir);
      if (!mount || size === undefined)
        return `${name} writes to nothing with a bound of its own: an emptyDir with medium Memory and a sizeLimit`;
      const file = `${mount.mountPath}/.filled-by-the-gate`;
      const argv = ['dd', 'if=/dev/zero', `of=${file}`, 'bs=1048576', `count=${size + 1}`];
      const target = actor.container(name);
      if (!target.exec) return 'nothing can be run in it here';
      const { exitCode, output } = await target.exec(argv, { reject: false });
      return exitCode === 0 || !/No space left/i.test(output)
        ? `${mount.mountPath} could not be filled: ${output.trim() || 'it took more than its sizeLimit'}`
        : undefined;
    },
  };
}

/** How large a volume in memory is; undefined for any other, and for one that is too large to be filled. */
function mebiOf(emptyDir: { readonly medium?: string; readonly sizeLimit?: string } | undefined): number | undefined {
  if (emptyDir?.medium !== 'Memory' || emptyDir.sizeLimit === undefined) return undefined;
  const mebi = Number((parseQuantity(emptyDir.sizeLimit)?.nanos ?? 0n) / NANOS / MEBI);
  return mebi > 0 && mebi <= FILLED_MOST_MEBI ? mebi : undefined;
}
