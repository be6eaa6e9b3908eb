import { oomKillIn } from '../../assertions/restarts/oomKilled';
import { containerNamed } from '../../manifest/model';
import { parseQuantity } from '../../manifest/values/quantity';
import { START } from '../../timeline/since';
import { type Patch, pathIn } from '../model/patch';
import type { Evidence } from '../model/targetResult';
import { withContainer } from '../model/variant';
import type { Session } from '../runner/session/session';
import { staysBelow } from './staysBelow';

const MEBI = 1_048_576n;
const NANOS = 1_000_000_000n;
const DOUBLED_MOST = 6;

/** Searches for the first doubled memory limit with which a killed container keeps running. */
export async function patchMemory(session: Session, { timeline, pod }: Evidence): Promise<Patch | undefined> {
  const name = oomKillIn(timeline, START)?.container;
  const limit = name === undefined ? undefined : containerNamed(pod.spec, name)?.resources?.limits?.memory;
  const bytes = limit === undefined ? undefined : parseQuantity(limit)?.nanos;
  if (name === undefined || limit === undefined || bytes === undefined) return undefined;
  const tried: string[] = [limit];
  for (let times = 1; times <= DOUBLED_MOST; times += 1) {
    const mebi = ((bytes / NANOS) * 2n ** BigInt(times) + MEBI - 1n) / MEBI;
    const memory = `${mebi}Mi`;
    session.announce({ kind: 'withMemory', container: name, memory });
    const variant = withContainer(session.subject.pod, name, (container) => ({
      ...container,
      resources: { ...container.resources, limits: { ...container.resources?.limits, memory } },
    }));
    if (await staysBelow(session, variant, { name, trial: { kind: 'memoryPatch', memory } })) {
      return {
        cause: 'oom-killed',
        path: pathIn(session.subject, name, 'resources', 'limits', 'memory'),
        value: memory,
        found: { kind: 'memory', container: name, tried, memory },
      };
    }
    tried.push(memory);
  }
  return undefined;
}
