/** The spec files that say how an engine behaves, under `specs/docker`. */
export const SPECS = [
  ...['buildImage', 'config', 'dialInside', 'engine', 'exec', 'exitWatch', 'faults', 'freeze', 'image', 'leftovers'],
  ...['livePod', 'logs', 'matchers', 'namespaces', 'podEnds', 'privileges', 'requests', 'runtime', 'scheduling'],
  ...['secrets', 'serviceNetwork', 'services', 'signalDoctor', 'terminationMessage', 'traffic', 'volumes'],
  ...['volumesOfPod', 'probes/exec', 'probes/grpc', 'probes/hooks', 'probes/httpGet', 'probes/tcpSocket'],
];

/** The gates, each on the image of an example, and whether its pod passes. */
export const GATES = [
  {
    manifest: 'examples/graceful-node/graceful.yaml',
    images: { web: 'jest-kubelet-example/graceful-node' },
    passes: true,
  },
  { manifest: 'examples/kubia/pod.yaml', images: {}, passes: true },
  { manifest: 'examples/init-pod/pod.yaml', images: {}, passes: true },
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
