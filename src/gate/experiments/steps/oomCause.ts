import { oomKillIn } from '../../../assertions/restarts/oomKilled';
import { containerNamed } from '../../../manifest/model';
import { limitsOf } from '../../../manifest/values/podLimits';
import { isA } from '../../../timeline/event';
import { START } from '../../../timeline/since';
import type { Disturbance } from '../../../wording/gate/results/disturbances';
import type { Evidence } from '../../model/targetResult';

/** Returns the process that the kernel killed at a memory limit, its memory and the limit; undefined if there is none. */
export function oomCause({ timeline, pod: { spec } }: Pick<Evidence, 'timeline' | 'pod'>): Disturbance | undefined {
  const kill = oomKillIn(timeline, START);
  if (!kill) return undefined;
  const container = containerNamed(spec, kill.container);
  const limit = container && limitsOf(container, spec).memory;
  const process = isA('ProcessOOMKilled', kill) ? kill.process : kill.oomKilled;
  return { kind: 'oomKilled', container: kill.container, process, limit };
}
