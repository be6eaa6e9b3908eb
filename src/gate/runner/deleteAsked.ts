import { droppedNoRequests } from '../../judgements/droppedRequests';
import type { Actor } from '../model/actor';
import { clientsOf, isDropFor } from '../model/clients';
import type { Evidence } from '../model/targetResult';
import type { Stage } from './session';

/** Deletes a pod while its clients go on asking it; what they met with, where anything is known to ask. */
export async function deleteAsked({ subject }: Stage, actor: Actor): Promise<Evidence | undefined> {
  const clients = clientsOf(subject);
  const since = actor.timeline.events.length;
  const asking = await Promise.all(clients.map(({ path, options }) => actor.requests(path, options)));
  await actor.delete();
  await Promise.all(asking.map((client) => client.stop()));
  if (clients.length === 0) return undefined;
  const { timeline, pod } = actor;
  return { judgement: droppedNoRequests(timeline, since, isDropFor(clients)), timeline, pod };
}
