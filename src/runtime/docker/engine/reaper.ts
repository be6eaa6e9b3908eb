import type { Engine } from './engine';

const IMAGE = 'testcontainers/ryuk';

/**
 * Has testcontainers' reaper look after a run too, where its image is here already: should the agent be killed, the
 * reaper removes at once what otherwise the next run's sweep would. It is never pulled, that could take minutes.
 */
export async function enlistReaper({ docker, reap }: Engine, run: string): Promise<void> {
  if (process.env.TESTCONTAINERS_RYUK_DISABLED === 'true') return;
  const [image] = await docker.listImages({ filters: { reference: [IMAGE] } });
  const tag = image?.RepoTags?.[0];
  if (tag === undefined) return;
  process.env.RYUK_CONTAINER_IMAGE ??= tag;
  await reap(run);
}
