import { hasBackOffs } from '../../src/assertions/restarts/backOffs';
import { type Duration, parseDuration } from '../../src/clock/duration';
import { type OneContainerOptions, oneContainer, theContainer } from '../kernel/call/oneContainer';
import { type ArgumentCheck, containerName, mustBe } from '../kernel/call/options';
import { now } from '../kernel/wait/now';

const areDurations: ArgumentCheck = (value, name) => {
  if (!Array.isArray(value)) return mustBe(name, "a list of durations such as ['10s', '20s']", value);
  const wrong = value.find((each) => typeof each !== 'string' || parseDuration(each) === undefined);
  return wrong === undefined ? undefined : mustBe(`each of ${name}`, "a duration such as '40s'", wrong);
};

/** Passes if back-off has delayed the container by exactly these waits so far. */
export const toHaveBackOffs = now<{ readonly waits: readonly Duration[] } & OneContainerOptions>({
  name: 'toHaveBackOffs',
  leading: ['waits'],
  checks: { waits: areDurations, container: containerName },
  misfit: oneContainer,
  expected: ({ waits, container }, pod) => ({ kind: 'haveBackOffs', container: theContainer(container, pod), waits }),
  evaluate: (timeline, { waits, container }, pod) =>
    hasBackOffs(
      timeline,
      theContainer(container, pod),
      waits.map((each) => parseDuration(each) ?? 0),
    ),
});
