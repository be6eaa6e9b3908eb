import { getContainerRuntimeClient, getReaper, ImageName } from 'testcontainers';
import { RuntimeError } from '../../runtimeError';
import type { Docker } from './docker';
import { isSameEngine, namedEngine, noneAnswersAt, reachNamed } from './namedEngine';

/** A container engine with Docker's API, found by testcontainers. */
export interface Engine {
  readonly docker: Docker;
  /** Version of its API: `1.41`. */
  readonly apiVersion: string;
  /** The engine's name of it: `x86_64`, `aarch64`, … */
  readonly architecture: string;
  /** The resources of its machine, as Kubernetes quantities. */
  readonly allocatable: Readonly<Record<'cpu' | 'memory', string>>;
  /** The host of its published ports. */
  readonly host: string;
  /** The kind of engine: some requests differ for Podman. */
  readonly kind: 'Docker' | 'Podman';
  /** Pulls with the credentials of the user's Docker configuration for the registry. */
  pull(image: string): Promise<void>;
  /** Makes testcontainers' reaper remove the containers of the session after this process has exited. */
  reap(session: string): Promise<void>;
}

/**
 * Finds the engine that the user names: `tc.host` in ~/.testcontainers.properties, `DOCKER_HOST`, `docker.host` in that
 * file, and no other if that one does not respond. If none is named, testcontainers looks for one: at
 * /var/run/docker.sock, then at the sockets of rootless Docker, Docker Desktop and similar engines.
 *
 * @throws RuntimeError if no engine responds.
 */
export async function findEngine(ask = getContainerRuntimeClient, named = namedEngine()): Promise<Engine> {
  const meant = named && (await reachNamed(named));
  const client = await ask().catch((cause: unknown) => {
    throw named ? noneAnswersAt(named, (cause as Error).message, cause) : noneAnswers(cause);
  });
  const docker = client.container.dockerode;
  // The named engine may have stopped in between, and testcontainers may have found another.
  if (named && meant && !isSameEngine(docker, meant)) throw noneAnswersAt(named, 'it responded a moment ago');
  const { ApiVersion, Components = [] } = await docker.version();
  return {
    docker,
    apiVersion: ApiVersion,
    kind: Components.some(({ Name }) => Name.startsWith('Podman')) ? 'Podman' : 'Docker',
    architecture: client.info.containerRuntime.architecture,
    allocatable: {
      cpu: String(client.info.containerRuntime.cpus),
      memory: String(client.info.containerRuntime.memory),
    },
    host: client.info.containerRuntime.host,
    pull: (image) => client.image.pull(ImageName.fromString(image), { force: true, platform: undefined }),
    reap: async (session) => (await getReaper(client)).addSession(session),
  };
}

function noneAnswers(cause: unknown): RuntimeError {
  const wrong = 'none answers at the usual sockets (/var/run/docker.sock first)';
  const fix = 'Start Docker, Podman, Colima or Rancher Desktop, or point DOCKER_HOST at one';
  return new RuntimeError('container engine', `${wrong}. ${fix}`, { cause });
}
