import { manifestMatcher } from '../kernel/call/manifestMatcher';

/** Passes if Kubernetes accepts every workload of the manifest. */
export const toBeValidManifest = manifestMatcher({
  name: 'toBeValidManifest',
  expected: () => ({ kind: 'beValid' }),
  evaluate: ({ source, workloads, problems }) => {
    const count = problems.length;
    if (count === 0) return { passed: true, received: { kind: 'valid', workloads } };
    return { passed: false, received: { kind: 'problems', source, count }, problems };
  },
});
