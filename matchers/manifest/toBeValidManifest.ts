import pluralize from 'pluralize';
import { formatList } from '../../src/wording/list';
import { manifestMatcher } from '../kernel/call/manifestMatcher';

/** Holds if Kubernetes accepts every workload of the manifest. */
export const toBeValidManifest = manifestMatcher({
  name: 'toBeValidManifest',
  expected: () => 'a manifest that Kubernetes accepts',
  unexpected: () => 'a manifest that Kubernetes rejects',
  evaluate: ({ source, workloads, problems }) => {
    if (problems.length === 0) return { holds: true, received: formatList(workloads) };
    return { holds: false, received: `${source} with ${pluralize('problem', problems.length, true)}`, problems };
  },
});
