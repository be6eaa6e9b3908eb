import { after, CREATED, type Instant } from '../../../../src/clock/instant';
import {
  type BackOff,
  type BackOffLimits,
  collectGarbage,
  isInBackOffSince,
  isInBackOffSinceUpdate,
  nextBackOff,
} from '../../../../src/kubelet/state/backOff';
import { durationMs, listOf, oneOf, type Subject, type Words } from './words';

const ACTIONS = ['next', 'get', 'gc', 'isInBackOffSince', 'isInBackOffSinceUpdate', 'next-if-not'] as const;

/** One entry of a back-off, and the clock it goes by. */
interface Clocked {
  entry: BackOff | undefined;
  now: Instant;
}

export const backOff: Readonly<Record<string, Subject>> = {
  backoff: async ({ initial, max }, { steps }) => {
    const maxMs = durationMs('max', max);
    // Without the kubelet around it, a back-off forgets after twice its maximum.
    const limits = { initialMs: durationMs('initial', initial), maxMs, resetMs: 2 * maxMs };
    const clocked: Clocked = { entry: undefined, now: CREATED };
    return { steps: (steps as readonly Words[]).map((step) => doStep(clocked, step, limits)) };
  },
};

function doStep(clocked: Clocked, step: Words, limits: BackOffLimits): Words {
  let told: Words = {};
  for (let times = Number(step.repeat ?? 1); times > 0; times -= 1) {
    if (step.at !== undefined) clocked.now = after(CREATED, durationMs('at', step.at));
    if (step.advance !== undefined) clocked.now = after(clocked.now, durationMs('advance', step.advance));
    told = {};
    for (const action of listOf('do', step.do ?? [])) told = { ...told, ...act(clocked, action, step, limits) };
  }
  return { get: delayOf(clocked.entry), entry: clocked.entry ? 'kept' : 'dropped', ...told };
}

function act(clocked: Clocked, action: unknown, step: Words, limits: BackOffLimits): Words {
  const { entry, now } = clocked;
  const next = () => nextBackOff(entry, now, now, limits);
  switch (oneOf('do', action, ACTIONS)) {
    case 'next':
      clocked.entry = next();
      return {};
    case 'next-if-not':
      if (!isInBackOffSinceUpdate(entry, now, limits)) clocked.entry = next();
      return {};
    case 'get':
      return { get: delayOf(entry) };
    case 'gc':
      clocked.entry = collectGarbage(entry, now, limits, 1);
      return {};
    case 'isInBackOffSince':
      return { inBackOff: isInBackOffSince(entry, after(CREATED, durationMs('since', step.since)), now, limits) };
    case 'isInBackOffSinceUpdate':
      return { inBackOff: isInBackOffSinceUpdate(entry, now, limits) };
  }
}

function delayOf(entry: BackOff | undefined): string {
  return `${(entry?.delayMs ?? 0) / 1000}s`;
}
