// A command that runs a pod with volumes, and keeps it until the spec sends a message.
const { runPod } = require('jest-kubelet');

const volumes = [
  { name: 'data', emptyDir: {} },
  { name: 'tmp', emptyDir: { medium: 'Memory' } },
];
const volumeMounts = [
  { name: 'data', mountPath: '/data', subPath: 'part' },
  { name: 'tmp', mountPath: '/memory' },
];
const web = { name: 'web', image: process.argv[2], command: ['sleep', '600'], volumeMounts };
const spec = { shareProcessNamespace: true, terminationGracePeriodSeconds: 0, containers: [web], volumes };

process.on('message', () => process.exit());
runPod({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'kept' }, spec }, { services: { api: '127.0.0.1:9' } }).then(
  async (pod) => {
    while (pod.timeline.of('ContainerStarted').length === 0) {
      if (pod.broken) throw pod.broken;
      await pod.progress(Number.POSITIVE_INFINITY);
    }
    process.send('started');
  },
);
