import type { ToHaveNoFindingsOptions } from './manifest/toHaveNoFindings';

/** Matchers for a manifest: a path, YAML text or an object. They start no pod. */
export interface ManifestMatchers<R> {
  /** Passes if Kubernetes accepts every workload of the manifest. */
  toBeValidManifest(): R;
  /** Passes if lint has no findings of any severity for the manifest. docs/lint.md explains each finding. */
  toHaveNoFindings(options?: ToHaveNoFindingsOptions): R;
}
