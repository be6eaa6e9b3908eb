import { after, CREATED, type Instant } from '../../../../src/clock/instant';
import type { Observation } from '../../../../src/kubelet';
import type { Pod } from '../../../../src/manifest/model';
import type { Simulation } from '../../../../src/pod/simulated/simulation';
import { durationMs, listOf, oneOf, type Words, wordsOf } from '../subjects/words';
import { patchedSpec } from './patchSpec';
import type { Record } from './record';
import { Names } from './tokens';

const ACTIONS = [
  'delete',
  'setImage',
  'patchSpec',
  'setCondition',
  'stopSandbox',
  'restartKubelet',
  'observe',
] as const;
type Action = (typeof ACTIONS)[number];

/** Something done to the pod from outside. */
export interface Step {
  readonly id: string | undefined;
  readonly trigger: Trigger;
  readonly actions: readonly { readonly action: Action; readonly value: unknown }[];
}

type Trigger =
  | { readonly kind: 'at'; readonly at: Instant }
  /** At that event, whatever the other steps are at. */
  | { readonly kind: 'atEvent'; readonly event: string }
  /** So long after that event, but never before the step ahead of it. */
  | { readonly kind: 'after'; readonly event: string; readonly plusMs: number };

/** Reads the steps of a timeline, and the names they give to events. */
export function stepsOf(value: unknown, pod: Pod): { readonly steps: readonly Step[]; readonly names: Names } {
  const { steps = [] } = wordsOf('when', value, ['steps', 'summary']);
  const given = listOf('when.steps', steps).map((step) =>
    wordsOf('step', step, ['id', 'at', 'atEvent', 'after', 'plus', ...ACTIONS]),
  );
  const names = new Names(pod, given.flatMap(namesGivenBy));
  return { steps: given.map((step) => stepOf(step, names)), names };
}

function namesGivenBy(step: Words): readonly string[] {
  return [
    ...(step.id === undefined ? [] : [String(step.id)]),
    ...ACTIONS.filter((action) => action in step),
    ...listOf('observe', step.observe ?? []).map(String),
  ];
}

function stepOf(step: Words, names: Names): Step {
  const actions = ACTIONS.filter((action) => action in step).map((action) => ({ action, value: step[action] }));
  if (actions.length === 0) throw new Error(`a step needs an action, received ${JSON.stringify(step)}`);
  for (const { action, value } of actions) checkAction(action, value, names);
  return { id: step.id === undefined ? undefined : String(step.id), trigger: triggerOf(step, names), actions };
}

function triggerOf({ at, atEvent, after: afterEvent, plus }: Words, names: Names): Trigger {
  if ([at, atEvent, afterEvent].filter((trigger) => trigger !== undefined).length !== 1) {
    throw new Error('a step needs one trigger: at, atEvent or after');
  }
  if (plus !== undefined && afterEvent === undefined) throw new Error('plus needs after');
  if (at !== undefined) return { kind: 'at', at: after(CREATED, durationMs('at', at)) };
  if (atEvent !== undefined) return { kind: 'atEvent', event: names.event('atEvent', atEvent) };
  const plusMs = plus === undefined ? 0 : durationMs('plus', plus);
  return { kind: 'after', event: names.event('after', afterEvent), plusMs };
}

function checkAction(action: Action, value: unknown, names: Names): void {
  switch (action) {
    case 'delete': {
      const { gracePeriodSeconds: grace } = wordsOf('delete', value, ['gracePeriodSeconds']);
      if (grace !== undefined && typeof grace !== 'number')
        throw new Error(`delete must be a number of seconds, received ${grace}`);
      return;
    }
    case 'setImage': {
      const { container, image } = wordsOf('setImage', value, ['container', 'image']);
      names.container('setImage.container', container);
      if (typeof image !== 'string') throw new Error(`setImage.image must be a text, received ${image}`);
      return;
    }
    case 'patchSpec':
      patchedSpec(names.pod, wordsOf('patchSpec', value, Object.keys(value as Words)));
      return;
    case 'setCondition': {
      const { status } = wordsOf('setCondition', value, ['type', 'status']);
      oneOf('setCondition.status', status, ['True', 'False', 'Unknown']);
      return;
    }
    case 'stopSandbox':
      wordsOf('stopSandbox', value, []);
      return;
    case 'restartKubelet':
      wordsOf('restartKubelet', value, ['removeCompletedInitContainers']);
      return;
    case 'observe':
      listOf('observe', value);
      return;
  }
}

/** Returns when a step is due, if it is known. `earliest` is the time of the previous step. */
export function dueAt({ trigger }: Step, record: Record, earliest: Instant | undefined): Instant | undefined {
  if (trigger.kind === 'at') return trigger.at;
  const at = record.momentOf(trigger.event)?.at;
  if (at === undefined || trigger.kind === 'atEvent') return at;
  if (earliest === undefined) return undefined;
  return Math.max(after(at, trigger.plusMs), earliest) as Instant;
}

/** Does what the step says, now. Its actions, and the step itself, are events that others may wait for. */
export function perform(step: Step, simulation: Simulation, record: Record): void {
  if (step.id !== undefined) record.name(step.id, record.next());
  for (const { action, value } of step.actions) {
    const next = record.next();
    // A deletion is the moment at which the API marks the pod.
    record.name(action, action === 'delete' ? { ...next, place: Math.ceil(next.place) } : next);
    act(action, value, simulation, record);
    record.readUpTo(simulation.now);
  }
}

function act(action: Action, given: unknown, simulation: Simulation, record: Record): void {
  const { spec } = record.pod;
  const value = given as Words;
  switch (action) {
    case 'delete':
      return simulation.observe({ kind: 'DeleteRequested', ...value });
    case 'setImage': {
      const change = { name: value.container, image: value.image };
      const where = spec.initContainers.some(({ name }) => name === value.container) ? 'initContainers' : 'containers';
      return patch({ [where]: [change] }, simulation, record);
    }
    case 'patchSpec':
      return patch(value, simulation, record);
    case 'setCondition':
      return simulation.observe({ kind: 'ConditionSet', ...value } as Observation);
    case 'stopSandbox':
      simulation.runtime.killSandbox(simulation.now);
      return simulation.advance(simulation.now);
    case 'restartKubelet': {
      const forgotten = value.removeCompletedInitContainers ? spec.initContainers.map(({ name }) => name) : [];
      return simulation.observe({ kind: 'KubeletRestarted', forgotten });
    }
    case 'observe':
      return record.observe(listOf('observe', given).map(String), record.next());
  }
}

function patch(change: Words, simulation: Simulation, record: Record): void {
  const spec = patchedSpec(record.pod, change);
  record.showPod({ ...record.pod, spec }, record.next());
  simulation.observe({ kind: 'SpecPatched', spec });
}
