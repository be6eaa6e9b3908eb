const EXAMPLE = 'jest-kubelet-example';

/** The spec files that say how an engine behaves, under `specs/docker`. */
export const SPECS = [
  ...['buildImage', 'config', 'dialInside', 'engine', 'exec', 'exitWatch', 'faults', 'freeze', 'image', 'leftovers'],
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
  { manifest: 'examples/init-pod/pod.yaml', images: {}, fails: ['lint', 'terminates-in-grace'] },
];

/**
 * What an engine cannot do, with the reason: a whole spec file, or one test of it by its title; or a gate, by its
 * manifest. Nothing else is left out anywhere.
 */
export const NOT_APPLICABLE = {
  docker20: [],
  docker26: [],
  'docker26-v2': [],
};
