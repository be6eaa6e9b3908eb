import { describe, expect, test } from '@jest/globals';
import 'jest-kubelet/jest-globals';
import { NODE } from '../../../src/kubelet';
import { simulated } from '../../unit/matchers/simulated';

const READY_AFTER_20S = {
  readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 5 },
};
const script = { web: [{ at: '20s', http: { 80: { '/': 200 } } }] };

describe.each([
  ['ideal', {}],
  ['node', { profile: NODE }],
])('kill with SIGKILL under the profile %s', (_, options) => {
  test('resolves after the exit, and toBecomeReady waits for the next instance', async () => {
    const pod = simulated(READY_AFTER_20S, script, {}, options);
    await expect(pod).toBecomeReady();
    await pod.container('web').kill('SIGKILL');
    expect(pod.timeline.of('ContainerExited')).toHaveLength(1);
    const killedAt = pod.timeline.now;
    await expect(pod).toBecomeReady();
    expect(pod.timeline.now - killedAt).toBeGreaterThanOrEqual(20_000);
    expect(pod.status.containerStatuses[0]?.restartCount).toBe(1);
  });

  test('fails for a container that does not run', async () => {
    const pod = simulated({}, { web: [{ at: '1s', exit: 0 }] }, { restartPolicy: 'Never' }, options);
    await expect(pod).toReachPhase('Succeeded');
    await expect(pod.container('web').kill()).rejects.toThrow(
      'container web: is not running. Only a running container can be signaled',
    );
  });
});
