import { afterEach, describe, expect, test } from '@jest/globals';
import { NEVER } from '../../../../src/clock/instant';
import { NO_CONFIG } from '../../../../src/manifest/config/config';
import { RunningPod } from '../../../../src/pod/live/runningPod';
import type { AgentProcess, PodListener } from '../../../../src/pod/shared/agentProcess';
import { registry } from '../../../../src/pod/shared/registry';
import { POD_RUN } from '../../../../src/waiting/podRun';
import { podOf } from '../../matchers/replay';
import { exited, s, started } from '../../timeline/events';

/** Returns a running pod whose agent is the spec, which reports through `link`. */
async function running() {
  let link: PodListener | undefined;
  const agent = {
    listen: (_: string, given: PodListener) => {
      link = given;
    },
    request: async () => ({ createdAtMs: 0 }),
    hold: () => () => {},
    await: () => {},
    forget: () => {},
  };
  const order = { key: '7', pod: podOf({}), found: NO_CONFIG, backend: {}, config: {}, services: {} };
  const pod = await RunningPod.start(agent as unknown as AgentProcess, order as never, 'test');
  if (!link) throw new Error('nobody listens to the agent');
  return { pod, link };
}

afterEach(() => registry().pods.clear());

describe('runPod', () => {
  test('records the reports of its agent', async () => {
    const { pod, link } = await running();
    link.onHappened([started(1)]);
    link.onClockReached(s(3));
    expect(pod.timeline.of('Started')).toHaveLength(1);
    expect(pod.timeline.now).toBe(s(3));
  });

  test('passes its agent a listener, not the handle', async () => {
    const { pod, link } = await running();
    expect(link).not.toBe(pod);
    expect(pod).not.toHaveProperty('onHappened');
  });

  test('contains its run with the key of its agent', async () => {
    const { pod } = await running();
    expect(pod[POD_RUN].agentKey).toBe('7');
    expect(pod[POD_RUN].timeline).toBe(pod.timeline);
  });

  test.each<[string, (link: PodListener) => void]>([
    ['something happens', (link) => link.onHappened([started(1)])],
    ['a container writes', (link) => link.onWrote([])],
    ['nothing more is expected', (link) => link.onRested(0)],
    ['the pod is gone', (link) => link.onEnded()],
    ['the run is aborted', (link) => link.onBroke(new Error('lost'))],
  ])('ends a wait when %s', async (_, report) => {
    const { pod, link } = await running();
    const wait = pod.progress(NEVER);
    report(link);
    await wait;
  });

  test('ends a wait for an instant once the clock reaches it', async () => {
    const { pod, link } = await running();
    let isOver = false;
    const wait = pod.progress(s(2)).then(() => {
      isOver = true;
    });
    link.onClockReached(s(1.999));
    await Promise.resolve();
    expect(isOver).toBe(false);
    link.onClockReached(s(2));
    await wait;
  });

  test('reports ended until an event follows the last one', async () => {
    const { pod, link } = await running();
    link.onHappened([started(1)]);
    link.onRested(1);
    expect(pod.ended).toBe(true);
    link.onHappened([exited(2, 0)]);
    expect(pod.ended).toBe(false);
  });

  test('returns the phase Unknown if the run is aborted', async () => {
    const { pod, link } = await running();
    link.onBroke(new Error('the engine was lost'));
    expect(pod.status).toMatchObject({ phase: 'Unknown', message: 'the engine was lost' });
    await expect(pod.delete()).rejects.toThrow('the engine was lost');
  });
});
