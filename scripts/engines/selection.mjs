const EXAMPLE = 'jest-kubelet-example';

/** The spec files that say how an engine behaves, under `specs/engine`. */
export const SPECS = [
  ...['buildImage', 'config', 'dialInside', 'engine', 'exec', 'faults', 'freeze', 'image', 'leftovers'],
  ...['livePod', 'logs', 'matchers', 'namespaces', 'podEnds', 'privileges', 'requests', 'runtime', 'scheduling'],
  ...['secrets', 'serviceNetwork', 'services', 'signalDoctor', 'terminationMessage', 'traffic', 'volumes'],
  ...['volumesOfPod', 'probes/exec', 'probes/grpc', 'probes/hooks', 'probes/httpGet', 'probes/tcpSocket'],
];

/** The gates, each with the images it runs and the checks that fail on every engine. */
export const GATES = [
  { manifest: 'examples/graceful-node/graceful.yaml', images: { web: `${EXAMPLE}/graceful-node` }, fails: [] },
  {
    manifest: 'examples/kubia/pod.yaml',
    images: { kubia: `${EXAMPLE}/kubia-service`, proxy: `${EXAMPLE}/kubia-proxy` },
    fails: [],
  },
  { manifest: 'examples/init-pod/pod.yaml', images: {}, fails: ['terminates-in-grace'] },
];

/** `localhost` is another machine's to these engines. */
const ELSEWHERE = [
  { spec: 'image', test: 'is used from the engine if its registry closes the connection' },
  { spec: 'services', test: 'resolve by name to a container, another pod, or a server of the test' },
  { spec: 'services', test: 'freeze and refuse connections if they listen on loopback only' },
  { spec: 'services', test: 'freeze and disconnect behind a proxy if the run prepares faults' },
].map((each) => ({ ...each, reason: 'the engine does not reach a server on the loopback interface of this machine' }));

/** Spec files about limits, OOM kills, signals, freezing, commands, logs, exits and removal, which cgroups decide. */
const ON_SLOW = [
  ...['engine', 'exec', 'faults', 'freeze', 'leftovers', 'livePod', 'logs', 'podEnds', 'privileges', 'runtime'],
  ...['signalDoctor', 'terminationMessage', 'probes/exec'],
];
const SLOW = 'the engine is slow, and docker26 shows the same: cgroup v2 has no part in it';

/**
 * The items that an engine cannot run, with the reason: a spec file, tests by a part of their titles (`test`), or a
 * gate by its manifest. Everything else runs.
 */
export const NOT_APPLICABLE = {
  docker20: [],
  docker26: ELSEWHERE,
  'docker26-v2': SPECS.filter((spec) => !ON_SLOW.includes(spec)).map((spec) => ({ spec, reason: SLOW })),
};
