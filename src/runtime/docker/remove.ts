import { setTimeout as sleep } from 'node:timers/promises';
import type { Docker } from './engine';
import { isGone, messageOf, statusOf } from './engineError';
import { OWNER_LABEL, RUN_LABEL } from './labels';
import { isDead, type Owner } from './owner';

const CONFLICT = 409;
const ATTEMPTS_MAX = 20;
const RETRY_MS = 50;

type Labels = Readonly<Record<string, string>>;

/** Removes every container, volume and network that carries the label (`name=value`): at once, with SIGKILL. */
export function removeLabelled(docker: Docker, label: string): Promise<void> {
  return remove(docker, label, () => true);
}

/** Removes what runs of dead processes have left; what belongs to a live one, or to another machine's, stays. */
export function sweep(docker: Docker): Promise<void> {
  return remove(docker, RUN_LABEL, (labels) => {
    const owner = ownerIn(labels);
    return owner !== undefined && isDead(owner);
  });
}

async function remove(docker: Docker, label: string, isMeant: (labels: Labels) => boolean): Promise<void> {
  const filters = { label: [label] };
  const containers = await docker.listContainers({ all: true, filters });
  await Promise.all(
    containers
      .filter(({ Labels }) => isMeant(Labels))
      .map(({ Id }) => onceFree(() => docker.getContainer(Id).remove({ force: true, v: true }))),
  );
  // Only now is nothing using them any more.
  const [{ Volumes }, networks] = await Promise.all([
    docker.listVolumes({ filters }),
    docker.listNetworks({ filters }),
  ]);
  await Promise.all([
    ...(Volumes ?? [])
      .filter(({ Labels }) => isMeant(Labels ?? {}))
      .map(({ Name }) => onceFree(() => docker.getVolume(Name).remove({ force: true }))),
    ...networks.filter(({ Labels }) => isMeant(Labels ?? {})).map(({ Id }) => unlessGone(removeNetwork(docker, Id))),
  ]);
}

/**
 * Removes what another container may still use that is about to be removed as well, by us or by somebody else: a volume,
 * or, on Podman, the sandbox whose namespaces it has joined.
 */
async function onceFree(remove: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await unlessGone(remove());
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || !isInUse(error)) throw error;
      await sleep(RETRY_MS);
    }
  }
}

/** A container that a test has started itself may still be on it. */
async function removeNetwork(docker: Docker, id: string): Promise<void> {
  const network = docker.getNetwork(id);
  const { Containers } = await network.inspect();
  await Promise.all(
    Object.keys(Containers ?? {}).map((Container) => unlessGone(network.disconnect({ Container, Force: true }))),
  );
  await network.remove();
}

function isInUse(error: unknown): boolean {
  return statusOf(error) === CONFLICT || messageOf(error).includes('has dependent containers');
}

export async function unlessGone(removal: Promise<unknown>): Promise<void> {
  await removal.catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
}

function ownerIn(labels: Labels): Owner | undefined {
  try {
    return JSON.parse(labels[OWNER_LABEL] ?? '') as Owner;
  } catch {
    return undefined;
  }
}
