import { inspect } from 'node:util';
import { hasBackOffs } from '../../src/assertions/restarts/backOffs';
import { type Duration, parseDuration } from '../../src/clock/duration';
import { type OfOne, oneContainer, theContainer } from '../kernel/call/oneContainer';
import { type ArgumentCheck, containerName } from '../kernel/call/options';
import { now } from '../kernel/wait/now';

const areDurations: ArgumentCheck = (value) => {
  if (!Array.isArray(value)) return `${inspect(value)} is no list of durations, like ['10s', '20s']`;
  const wrong = value.find((each) => typeof each !== 'string' || parseDuration(each) === undefined);
  return wrong === undefined ? undefined : `${inspect(wrong)} is no duration; write a number with its unit, like '40s'`;
};

/** Holds if back-off has held up the container by exactly these waits so far. */
export const toHaveBackOffs = now<{ readonly waits: readonly Duration[] } & OfOne>({
  name: 'toHaveBackOffs',
  leading: ['waits'],
  checks: { waits: areDurations, container: containerName },
  misfit: oneContainer,
  expected: ({ waits, container }) => `${listedWaits(waits)}${container === undefined ? '' : ` of ${container}`}`,
  unexpected: ({ waits, container }) =>
    `other than ${listedWaits(waits)}${container === undefined ? '' : ` of ${container}`}`,
  evaluate: (timeline, { waits, container }, pod) =>
    hasBackOffs(
      timeline,
      theContainer(container, pod),
      waits.map((each) => parseDuration(each) ?? 0),
    ),
});

function listedWaits(waits: readonly Duration[]): string {
  return waits.length === 0 ? 'no back-off' : `back-offs ${waits.join(', ')}`;
}
