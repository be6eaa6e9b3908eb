import type { Engine } from './engine';

const IMAGE = 'testcontainers/ryuk';

/**
 * Registers a run with testcontainers' reaper if its image is present. If the agent is killed, the reaper removes
 * immediately what the next run's sweep would remove, but its image is never pulled, because that could take minutes.
 */
export async function enlistReaper({ docker, reap }: Engine, run: string): Promise<void> {
  if (process.env.TESTCONTAINERS_RYUK_DISABLED === 'true') return;
  const [image] = await docker.listImages({ filters: { reference: [IMAGE] } });
  const tag = image?.RepoTags?.[0];
  if (tag === undefined) return;
  process.env.RYUK_CONTAINER_IMAGE ??= tag;
  await reap(run);
}
