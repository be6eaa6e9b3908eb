import type { Docker } from './engine';
import { isGone } from './engineError';
import { OWNER_LABEL, RUN_LABEL } from './labels';
import { isDead, type Owner } from './owner';

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
      .map(({ Id }) => unlessGone(docker.getContainer(Id).remove({ force: true, v: true }))),
  );
  // Only now is nothing using them any more.
  const [{ Volumes }, networks] = await Promise.all([
    docker.listVolumes({ filters }),
    docker.listNetworks({ filters }),
  ]);
  await Promise.all([
    ...(Volumes ?? [])
      .filter(({ Labels }) => isMeant(Labels ?? {}))
      .map(({ Name }) => unlessGone(docker.getVolume(Name).remove({ force: true }))),
    ...networks
      .filter(({ Labels }) => isMeant(Labels ?? {}))
      .map(({ Id }) => unlessGone(docker.getNetwork(Id).remove())),
  ]);
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
