import { runningContainers, type Subject } from '../../gate/model/subject';
import { containersOf, isSidecar, type PodSpec } from '../../manifest/model';
import { wholeStartLimit } from '../../timing/waits';
import { steadyStateWatchMs } from '../../timing/watches';
import { checkTest, during, type Lines } from './specBlocks';
import { quoted } from './specText';

const READY = 'await expect(pod).toBecomeReady();';

/** What is asked of a pod that nothing is done to. Each test may be run alone, so each waits until the pod is Ready. */
export function leftAloneTests(subject: Subject): readonly Lines[] {
  const { spec } = subject.pod;
  const { ms: readyMs } = wholeStartLimit(spec);
  const watchMs = steadyStateWatchMs(spec, () => 0);
  const order = initOrder(spec);
  const unrestarted = runningContainers(subject).map(
    ({ name }) => `expect(pod).toHaveRestartCount(0, { container: ${quoted(name)} });`,
  );
  return [
    checkTest('ready-in-budget', undefined, [READY], readyMs),
    ...(order.length > 0 ? [checkTest('init-order', undefined, [READY, ...order], readyMs)] : []),
    ...containersOf(spec)
      .filter(({ lifecycle }) => lifecycle?.postStart)
      .map(({ name }) => {
        const runs = `await expect(pod).toRunHook('postStart', { container: ${quoted(name)}, since: 'start' });`;
        return checkTest('hooks-run', `postStart of ${name}`, [READY, runs], readyMs);
      }),
    checkTest(
      'stays-ready',
      undefined,
      [READY, `await expect(pod).toStayReady({ for: ${during(watchMs)} });`],
      readyMs + watchMs,
    ),
    checkTest('restart-policy', undefined, [READY, ...unrestarted], readyMs),
  ];
}

function initOrder({ initContainers, containers }: PodSpec): Lines {
  const plain = initContainers.filter((container) => !isSidecar(container));
  if (plain.length === 0) return [];
  return [
    'expect(pod).toHaveEventsInOrder([',
    ...[...plain, ...containers.slice(0, 1)].map(({ name }) => `  { reason: 'Started', container: ${quoted(name)} },`),
    ']);',
    ...plain.map(
      ({ name }) => `expect(pod).toHaveContainerState({ container: ${quoted(name)}, terminated: { exitCode: 0 } });`,
    ),
  ];
}
