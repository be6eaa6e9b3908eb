// A test process that starts a pod, and keeps it until the spec sends a message.
const { runPod } = require('jest-kubelet');

const container = { name: 'web', image: 'busybox:1.36', command: ['sleep', '600'] };
const manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: process.argv[2] },
  spec: { containers: [container] },
};

process.on('message', () => process.exit());
runPod(manifest).then(async (pod) => {
  while (pod.timeline.of('ContainerStarted').length === 0) await pod.progress(Number.POSITIVE_INFINITY);
  process.send('started');
});
