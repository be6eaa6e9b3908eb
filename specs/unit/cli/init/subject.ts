import type { Subject } from '../../../../src/gate/model/subject';
import { loadManifest } from '../../../../src/manifest/loadPod';

/** Returns the subject of a pod that a spec is printed for. */
export function subjectOf(spec: object, ...others: readonly object[]): Subject {
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop', labels: { app: 'shop' } }, spec };
  const { pod, backend } = loadManifest([manifest, ...others]);
  return { pod, backend, services: [], endpointRemovalDelay: '1s', kubernetesVersion: '1.37' };
}

export const web = { name: 'web', image: 'web:1' };
