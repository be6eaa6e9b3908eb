import { getContainerRuntimeClient, getReaper, ImageName } from 'testcontainers';
import { RuntimeError } from '../../runtimeError';
import type { Docker } from './docker';
import { isSameEngine, namedEngine, noneAnswersAt, reachNamed } from './namedEngine';

/** A container engine that speaks Docker's API, wherever testcontainers found it. */
export interface Engine {
  readonly docker: Docker;
  /** Version of its API: `1.41`. */
  readonly apiVersion: string;
  /** As the engine names it: `x86_64`, `aarch64`, … */
  readonly architecture: string;
  /** What its machine has, as Kubernetes' quantities. */
  readonly allocatable: Readonly<Record<'cpu' | 'memory', string>>;
  /** The host on which its published ports are. */
  readonly host: string;
  /** What else it is than Docker: some things have to be asked of Podman in its own way. */
  readonly kind: 'Docker' | 'Podman';
  /** Pulls with the credentials the user's Docker configuration has for the registry. */
  pull(image: string): Promise<void>;
  /** Has testcontainers' reaper remove the containers of that session once this process is gone. */
  reap(session: string): Promise<void>;
}

/**
 * Finds the engine that the user names: `tc.host` in ~/.testcontainers.properties, `DOCKER_HOST`, `docker.host` in that
 * file. No other is asked if it does not answer. If none is named, testcontainers looks for one: at /var/run/docker.sock,
 * then at the sockets of rootless Docker, Docker Desktop and their like.
 *
 * @throws RuntimeError when none answers.
 */
export async function findEngine(ask = getContainerRuntimeClient, named = namedEngine()): Promise<Engine> {
  const meant = named && (await reachNamed(named));
  const client = await ask().catch((cause: unknown) => {
    throw named ? noneAnswersAt(named, (cause as Error).message, cause) : noneAnswers(cause);
  });
  const docker = client.container.dockerode;
  // It may have stopped in between, and testcontainers have gone on to another.
  if (named && meant && !isSameEngine(docker, meant)) throw noneAnswersAt(named, 'it did a moment ago');
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
  const fix = 'start Docker, Podman, Colima or Rancher Desktop, or point DOCKER_HOST at one';
  return new RuntimeError('container engine', `${wrong}; ${fix}`, { cause });
}
