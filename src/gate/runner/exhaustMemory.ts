import { makePassed, makePending } from '../../assertions/assertionResult';
import { mebiOf } from '../../manifest/values/mebibytes';
import { historyOf } from '../../timeline/history/podHistory';
import { OUT_OF_MEMORY_MS } from '../../timing/watches';
import type { ObstacleMessage } from '../../wording/gate/obstacles';
import type { Actor } from '../model/actor';
import { optionsFor } from '../model/clients';
import type { ActionOf } from '../model/experiment';
import type { Session } from './session/session';

/** No engine limits a container to less. */
const LEAST_MEBI = 6;

/**
 * Lowers a container's limit to the memory that it uses, while a client makes it use a little more. Resolves to the reason if
 * the kernel does not kill it.
 */
export async function exhaustMemory(
  session: Session,
  actor: Actor,
  { container: name, memory, client }: ActionOf<'limitMemory'>,
): Promise<ObstacleMessage | undefined> {
  const container = actor.container(name);
  if (!container.limit) return { kind: 'cannotLimitMemory' };
  const history = historyOf(actor.timeline);
  const before = history.exits.length;
  const exit = () =>
    historyOf(actor.timeline)
      .exits.slice(before)
      .find(({ container }) => container === name);
  let most = mebiOf(memory);
  for (let least = LEAST_MEBI; most - least > 1 && !exit(); ) {
    const middle = Math.floor((most + least) / 2);
    // Below the current use, the engine rejects the limit (cgroup v1), or the kernel kills immediately (v2).
    const fits = await container.limit({ memory: `${middle}Mi` }).then(
      () => true,
      () => false,
    );
    if (fits) most = middle;
    else least = middle;
  }
  const requests =
    client &&
    (await actor.requests(client.targets[0].path, { ...optionsFor(client, client.targets[0]), every: '10ms' }));
  const killed = await session.wait(actor, {
    for: { kind: 'outOfMemory', container: name },
    limit: OUT_OF_MEMORY_MS,
    evaluate: () => {
      const end = exit();
      return end
        ? makePassed(end, { kind: 'container', container: name, state: 'oomKilled' })
        : makePending({ kind: 'container', container: name, state: 'stillRunning' });
    },
  });
  // The next instance already starts, and needs the whole limit.
  await container.limit({ memory });
  await requests?.stop();
  return killed.result.outcome === 'passed' ? undefined : { kind: 'enoughMemory', container: name, mebi: most };
}
