import { type HookFilter, ranHook } from '../../src/assertions/events/ranHook';
import { containersOf, type Pod } from '../../src/manifest/model';
import { hookLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { containerName, count, oneOf } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export type ToRunHookOptions = Omit<HookFilter, 'hook'> & Within & Occurrence;

/** Passes when the hook has succeeded the given number of times since the last action of the test. */
export const toRunHook = eventually<HookFilter & ToRunHookOptions>({
  name: 'toRunHook',
  leading: ['hook'],
  checks: {
    hook: oneOf('postStart', 'preStop'),
    container: containerName,
    times: count({ from: 1 }),
    ...WITHIN,
    ...OCCURRENCE,
  },
  misfit: withoutHook,
  expected: ({ hook, container, times }) => ({ kind: 'runHook', hook, container, times }),
  since: sinceOf,
  evaluate: ranHook,
  from: 'fault',
  limit: (spec, { hook, container }) => hookLimit(spec, hook, container),
});

/** Returns the problem if no such hook is defined: the wait for it would never end. */
function withoutHook({ hook, container }: HookFilter, { metadata, spec }: Pod): string | undefined {
  const having = containersOf(spec).filter(({ lifecycle }) => lifecycle?.[hook]);
  if (having.some(({ name }) => (container ?? name) === name)) return undefined;
  if (having.length === 0) return `no container of pod ${metadata.name} has a ${hook} hook`;
  return `container ${container} has no ${hook} hook. Containers with one: ${having.map(({ name }) => name).join(', ')}`;
}
