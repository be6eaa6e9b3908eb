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
  { spec: 'image', test: 'stands in where the registry hangs up as well' },
  {
    spec: 'services',
    test: 'is reached under its name from every container: a container, another pod, a server of the test',
  },
  { spec: 'services', test: 'is a server that only this machine reaches: it can be held up and refused' },
  { spec: 'services', test: 'can be frozen and cut off behind a proxy, if faults will be injected' },
].map((each) => ({ ...each, reason: 'the engine does not reach a server on the loopback interface of this machine' }));

/** Spec files about limits, OOM kills, signals, freezing, commands, logs, exits and removal, which cgroups decide. */
const ON_SLOW = [
  ...['engine', 'exec', 'faults', 'freeze', 'leftovers', 'livePod', 'logs', 'podEnds', 'privileges', 'runtime'],
  ...['signalDoctor', 'terminationMessage', 'probes/exec'],
];
const SLOW = 'the engine is slow, and docker26 shows the same: cgroup v2 has no part in it';

/**
 * What an engine cannot run, with the reason: a spec file as a whole or, with `test`, tests by a part of their titles; or a
 * gate, by its manifest. Nothing else is left out anywhere.
 */
export const NOT_APPLICABLE = {
  docker20: [],
  docker26: ELSEWHERE,
  'docker26-v2': SPECS.filter((spec) => !ON_SLOW.includes(spec)).map((spec) => ({ spec, reason: SLOW })),
};
