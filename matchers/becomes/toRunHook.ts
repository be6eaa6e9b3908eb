import { type HookFilter, ranHook } from '../../src/assertions/events/ranHook';
import { containersOf, type Pod } from '../../src/manifest/model';
import { hookLimit } from '../../src/timing/waits';
import { OCCURRENCE, type Occurrence, sinceOf } from '../kernel/call/occurrence';
import { containerName, count, listWords, oneOf } from '../kernel/call/options';
import { eventually } from '../kernel/wait/eventually';
import { WITHIN, type Within } from '../kernel/wait/within';

export type ToRunHookOptions = Omit<HookFilter, 'hook'> & Within & Occurrence;

/** Holds once the hook has run and succeeded, as often as asked, since the last thing the test did to the pod. */
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
  expected: ({ hook, container = 'a container', times = 1 }) =>
    `the ${hook} hook of ${container} to succeed${times === 1 ? '' : ` ${times} times`}`,
  unexpected: ({ hook, container = 'any container', times = 1 }) =>
    `the ${hook} hook of ${container} ${times === 1 ? 'never to succeed' : `to succeed fewer than ${times} times`}`,
  since: sinceOf,
  evaluate: ranHook,
  from: 'fault',
  limit: (spec, { hook, container }) => hookLimit(spec, hook, container),
});

/** A hook that is not there never runs, however long one waits. */
function withoutHook({ hook, container }: HookFilter, { metadata, spec }: Pod): string | undefined {
  const having = containersOf(spec).filter(({ lifecycle }) => lifecycle?.[hook]);
  if (having.some(({ name }) => (container ?? name) === name)) return undefined;
  if (having.length === 0) return `no container of pod ${metadata.name} has a ${hook} hook`;
  return `container ${container} has no ${hook} hook; ${listWords(having.map(({ name }) => name))} has one`;
}
