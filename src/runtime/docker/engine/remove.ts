import { setTimeout as sleep } from 'node:timers/promises';
import { isDead, type Owner } from '../../owner';
import type { Docker } from './docker';
import { getEngineMessage, getResponseStatus, isGone } from './engineError';
import { OWNER_LABEL, RUN_LABEL } from './labels';

const FORBIDDEN = 403;
const CONFLICT = 409;
/** Podman's message for the sandbox of other containers, and Docker's for a file system that it is still working on. */
const IN_USE = /has dependent containers|failed to remove root filesystem/;
const ATTEMPTS_MAX = 100;
const RETRY_MS = 50;

type Labels = Readonly<Record<string, string>>;

/** Removes every container, volume and network with the label (`name=value`) immediately, with SIGKILL. */
export function removeLabelled(docker: Docker, label: string): Promise<void> {
  return remove(docker, label, () => true);
}

/** Removes the objects of runs whose processes are dead. Objects of a live process or of another machine stay. */
export function sweep(docker: Docker): Promise<void> {
  return remove(docker, RUN_LABEL, (labels) => {
    const owner = ownerIn(labels);
    return owner !== undefined && isDead(owner);
  });
}

async function remove(docker: Docker, label: string, isMeant: (labels: Labels) => boolean): Promise<void> {
  const filters = { label: [label] };
  const containers = await docker.listContainers({ all: true, filters });
  await allOf(
    containers
      .filter(({ Labels }) => isMeant(Labels))
      .map(({ Id }) => onceFree(() => docker.getContainer(Id).remove({ force: true, v: true }))),
  );
  // Their containers have been removed by now.
  const [{ Volumes }, networks] = await Promise.all([
    docker.listVolumes({ filters }),
    docker.listNetworks({ filters }),
  ]);
  await allOf([
    ...(Volumes ?? [])
      .filter(({ Labels }) => isMeant(Labels ?? {}))
      .map(({ Name }) => onceFree(() => docker.getVolume(Name).remove({ force: true }))),
    ...networks
      .filter(({ Labels }) => isMeant(Labels ?? {}))
      .map(({ Id }) => onceFree(() => removeNetwork(docker, Id))),
  ]);
}

/** Waits for all removals and throws the first error after that, because the caller may exit at the first error. */
async function allOf(removals: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(removals)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/**
 * Removes an object that another container may still use, while that container is being removed too, by us or by
 * another process: a volume, a network, or, on Podman, the sandbox whose namespaces it has joined.
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

/** Disconnects and removes a network. A container that the test has started itself may still be connected. */
async function removeNetwork(docker: Docker, id: string): Promise<void> {
  const network = docker.getNetwork(id);
  const { Containers } = await network.inspect();
  await Promise.all(
    // A container that cannot be disconnected is being removed, or the removal of the network reports it as in use.
    Object.keys(Containers ?? {}).map((Container) => network.disconnect({ Container, Force: true }).catch(() => {})),
  );
  await network.remove();
}

function isInUse(error: unknown): boolean {
  if (getResponseStatus(error) === CONFLICT) return true;
  const message = getEngineMessage(error);
  if (getResponseStatus(error) === FORBIDDEN) return message.includes('has active endpoints');
  return IN_USE.test(message);
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
