import type { ToHaveNoFindingsOptions } from './manifest/toHaveNoFindings';

/** What can be asked of a manifest: a path, YAML text or an object. Nothing is started. */
export interface ManifestMatchers<R> {
  /** Whether Kubernetes accepts every workload of it. */
  toBeValidManifest(): R;
  /** Whether nothing in it is valid and still wrong, whatever its severity; docs/lint.md explains what is found. */
  toHaveNoFindings(options?: ToHaveNoFindingsOptions): R;
}
