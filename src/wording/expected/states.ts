import { inspect } from 'node:util';
import type { LeftAs } from '../../assertions/traffic/leftEndpoints';
import type { Words } from '../message';
import type { Stated, StateExpectation } from './expectation';
import { formatTo } from './sentence';

export const STATES: Words<Stated<StateExpectation>> = {
  becomeReady: ({ isNot }) => formatTo('pod', isNot, 'become Ready'),
  beReady: ({ isNot }) => formatTo('pod', isNot, 'be Ready now'),
  becomeStarted: ({ container, isNot }) =>
    container === undefined
      ? `${isNot ? 'not ' : ''}every container to become started`
      : formatTo(container, isNot, 'become started'),
  enterEndpoints: ({ isNot }) => formatTo('pod', isNot, 'enter the Service endpoints'),
  beInEndpoints: ({ isNot }) => formatTo('pod', isNot, 'be in the Service endpoints now'),
  leaveEndpoints: ({ isNot, ...leftAs }) => formatTo('pod', isNot, `leave the Service endpoints${formatFlags(leftAs)}`),
  reachPhase: ({ phase, isNot }) => formatTo('pod', isNot, `reach phase ${phase}`),
  havePhase: ({ phase, isNot }) => formatTo('pod', isNot, `have phase ${phase}`),
  reachState: ({ container, state, isNot }) => formatTo(container, isNot, `reach state ${inspect(state)}`),
  haveState: ({ container, state, isNot }) => formatTo(container, isNot, `have state ${inspect(state)}`),
  haveCondition: ({ type, condition, isNot }) =>
    formatTo('pod', isNot, `have condition ${type} ${typeof condition === 'string' ? condition : inspect(condition)}`),
  haveRestartCount: ({ container, restarts, isNot }) => formatTo(container, isNot, `have restartCount ${restarts}`),
  haveBackOffs: ({ container, waits, isNot }) => {
    if (waits.length === 0) return `${container} to have ${isNot ? 'a' : 'no'} back-off`;
    return formatTo(container, isNot, `have back-offs ${waits.join(', ')}`);
  },
};

/** Returns ` as terminating and serving`. */
function formatFlags({ serving, terminating }: Pick<LeftAs, 'serving' | 'terminating'>): string {
  const flags = [
    ...(terminating === undefined ? [] : [terminating ? 'terminating' : 'not terminating']),
    ...(serving === undefined ? [] : [serving ? 'serving' : 'not serving']),
  ];
  return flags.length === 0 ? '' : ` as ${flags.join(' and ')}`;
}
