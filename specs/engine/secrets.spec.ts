import { expect, test } from '@jest/globals';
import { runPod } from 'jest-kubelet';
import 'jest-kubelet/jest-globals';
import { describeOnEngine } from './onEngine';

const MANIFEST = `
apiVersion: v1
kind: Secret
metadata: { name: db }
stringData: { password: "correct horse" }
---
apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
  containers:
    - name: web
      image: busybox:1.36
      command: [sh, -c, 'echo "login with $password"; sleep 600 & wait']
      envFrom: [{ secretRef: { name: db } }]
      livenessProbe: { exec: { command: [sh, -c, 'echo "no login with $password"; exit 1'] }, periodSeconds: 1, failureThreshold: 9 }
`;

describeOnEngine('the value of a Secret that an app prints', () => {
  test('is masked in probe output, logs and recorded actions', async () => {
    const pod = await runPod(MANIFEST);
    await expect(pod).toEmitEvent('Unhealthy', { within: '30s' });
    await pod.container('web').exec(['true', 'correct horse']);
    const lines = pod.timeline.output.lines.map(({ text }) => text);
    const told = JSON.stringify([pod.timeline.events, lines, pod.status]);
    expect(told).toContain('no login with ***');
    expect(told).toContain('true ***');
    expect(lines).toEqual(['login with ***']);
    expect(told).not.toContain('correct horse');
  });
});
