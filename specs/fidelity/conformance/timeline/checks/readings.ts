import { isDeepStrictEqual } from 'node:util';
import { conditionOf, isReady } from '../../../../../src/timeline/condition';
import type { ContainerState, ContainerStatus, PodStatus } from '../../../../../src/timeline/podStatus';
import { listOf, oneOf, type Words, wordsOf } from '../../subjects/words';
import type { Shown } from '../record';
import type { Reading } from './shown';

// The values of the pod status that each check reads. Each requires the words without which it would pass for anything.

/** A reading of a container whose name is one of the pod's. */
export type ContainerReading = (check: Words, container: string) => Reading;

export const CONTAINER_READINGS: Readonly<Record<string, ContainerReading>> = {
  containerReady({ value = true }, name) {
    if (typeof value !== 'boolean') throw new Error('containerReady.value must be true or false');
    return ofContainer(
      name,
      ({ ready }) => ready === value,
      ({ ready }) => `ready ${ready}`,
    );
  },

  /** The upstream test waits until the container is no longer waiting, because its startup probe may never succeed. */
  containerStarted: (_, name) =>
    ofContainer(
      name,
      ({ started, state }) => started === true || state.running !== undefined || state.terminated !== undefined,
      ({ started, state }) => `started ${started}, ${stateText(state)}`,
    ),

  restartCount(check, name) {
    const { equals, atLeast, atMost } = check;
    if ([equals, atLeast, atMost].every((limit) => limit === undefined))
      throw new Error('restartCount needs equals, atLeast or atMost');
    const isWanted = (count: number) =>
      (equals === undefined || count === equals) &&
      (atLeast === undefined || count >= Number(atLeast)) &&
      (atMost === undefined || count <= Number(atMost));
    return ofContainer(
      name,
      ({ restartCount }) => isWanted(restartCount),
      ({ restartCount }) => `restartCount ${restartCount}`,
    );
  },

  containerState: (check, name) => stateReading(check, name, 'state'),
  lastState: (check, name) => stateReading(check, name, 'lastState'),

  containerImage(check, name) {
    const isWanted = comparisonOf(check);
    return ofContainer(
      name,
      ({ image }) => isWanted(image),
      ({ image }) => `image ${JSON.stringify(image)}`,
    );
  },
};

export const POD_READINGS: Readonly<Record<string, (check: Words) => Reading>> = {
  podReady({ value }) {
    if (typeof value !== 'boolean') throw new Error('podReady.value must be true or false');
    return {
      holds: ({ status }) => isReady(status) === value,
      show: ({ status }) => `Ready ${conditionOf(status, 'Ready')?.status ?? 'unset'}`,
    };
  },

  phase(check) {
    const { reason, in: list } = check;
    const isOneOf = list === undefined ? () => true : (phase: unknown) => listOf('phase.in', list).includes(phase);
    const isWanted = list === undefined ? comparisonOf(check) : isOneOf;
    return {
      holds: ({ status }) => isWanted(status.phase) && (reason === undefined || status.reason === reason),
      show: ({ status }) => `${status.phase}${status.reason === undefined ? '' : ` (${status.reason})`}`,
    };
  },

  condition({ type, status: wanted, reason, message }) {
    if (typeof type !== 'string') throw new Error('condition.type must be a text');
    if ([wanted, reason, message].every((word) => word === undefined)) throw new Error('condition: asserts nothing');
    const holds = (status: PodStatus) => {
      const condition = conditionOf(status, type);
      return (
        condition !== undefined &&
        (wanted === undefined || condition.status === wanted) &&
        (reason === undefined || (condition.reason ?? '') === reason) &&
        (message === undefined || (condition.message ?? '') === message)
      );
    };
    return {
      holds: ({ status }) => holds(status),
      show: ({ status }) => {
        const { lastTransitionTime: _, ...shown } = conditionOf(status, type) ?? {};
        return JSON.stringify(shown);
      },
    };
  },

  podStatus({ field, set, ...check }) {
    if (typeof field !== 'string') throw new Error('podStatus.field must be a text');
    const path = field.split('.');
    const isWanted = set === undefined ? comparisonOf(check) : (value: unknown) => (value !== undefined) === set;
    return {
      holds: (shown) => isWanted(fieldOf(shown, path)),
      show: (shown) => `${field} ${JSON.stringify(fieldOf(shown, path)) ?? 'unset'}`,
    };
  },
};

function comparisonOf({ equals, notEquals }: Words): (value: unknown) => boolean {
  if ((equals === undefined) === (notEquals === undefined)) throw new Error('a check needs either equals or notEquals');
  return (value) => (equals === undefined ? !isDeepStrictEqual(value, notEquals) : isDeepStrictEqual(value, equals));
}

function ofContainer(
  name: string,
  holds: (status: ContainerStatus) => boolean,
  show: (status: ContainerStatus) => string,
): Reading {
  const find = ({ status }: Shown) =>
    [...status.initContainerStatuses, ...status.containerStatuses].find((each) => each.name === name);
  return {
    holds: (shown) => {
      const status = find(shown);
      return status && holds(status);
    },
    show: (shown) => {
      const status = find(shown);
      return `${name} ${status ? show(status) : 'without status'}`;
    },
    is: (state, shown) => find(shown)?.state[oneOf('whenever', state, STATES)] !== undefined,
  };
}

const STATES = ['waiting', 'running', 'terminated'] as const;
const DETAILS = ['exitCode', 'reason', 'message'];

function stateReading(check: Words, name: string, field: 'state' | 'lastState'): Reading {
  const { anyOf } = check;
  const state = oneOf(`${check.check}.state`, check.state, STATES);
  const own = Object.fromEntries(DETAILS.filter((word) => word in check).map((word) => [word, check[word]]));
  const sets = anyOf === undefined ? [{}] : listOf('anyOf', anyOf);
  const alternatives = sets.map((set) =>
    detailsOf({ ...own, ...wordsOf('anyOf[]', set, [...DETAILS, 'messageContainsAny']) }),
  );
  return ofContainer(
    name,
    (status) => {
      const is = status[field][state];
      return is !== undefined && alternatives.some((matches) => matches(is));
    },
    (status) => stateText(status[field]),
  );
}

type Details = Partial<NonNullable<ContainerState['terminated']>>;

/** Returns a test of the details of a state. A `reason` can be a list of alternatives. */
function detailsOf({ exitCode, reason, message, messageContainsAny }: Words): (is: Details) => boolean {
  const texts = listOf('messageContainsAny', messageContainsAny ?? []).map(String);
  return (is) =>
    (exitCode === undefined || is.exitCode === exitCode) &&
    (reason === undefined || [reason].flat().includes(is.reason ?? '')) &&
    (message === undefined || (is.message ?? '') === message) &&
    (texts.length === 0 || texts.some((text) => is.message?.includes(text)));
}

function stateText(state: ContainerState): string {
  const [[is, details] = ['nothing known', {}]] = Object.entries(state);
  const { exitCode, reason, message } = details as Details;
  return [is, exitCode, reason, message && JSON.stringify(message)].filter((part) => part !== undefined).join(' ');
}

/** Returns a field of the status or of the pod, such as `qosClass` or `metadata.deletionTimestamp`. */
function fieldOf({ status, pod }: Shown, path: readonly string[]): unknown {
  const take = (root: unknown) => path.reduce((value, step) => (value as Words | undefined)?.[step], root);
  return take(status) ?? take({ ...pod, status });
}
