/** Who asks, as the User-Agent header says: `kube-probe/1.36`, `kube-lifecycle/1.36`. */
export function userAgent(purpose: 'probe' | 'lifecycle', kubernetesVersion: string): string {
  const [major = '', minor = ''] = kubernetesVersion.split('.');
  return `kube-${purpose}/${major}.${minor}`;
}

/** The minor version, by which behaviour is told apart; a version without one is newer than any. */
export function minorOf(kubernetesVersion: string): number {
  const minor = kubernetesVersion.split('.')[1];
  return minor === undefined ? Number.POSITIVE_INFINITY : Number(minor);
}
