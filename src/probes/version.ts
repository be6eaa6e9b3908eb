/** Returns the User-Agent header: `kube-probe/1.36`, `kube-lifecycle/1.36`. */
export function userAgent(purpose: 'probe' | 'lifecycle', kubernetesVersion: string): string {
  const [major = '', minor = ''] = kubernetesVersion.split('.');
  return `kube-${purpose}/${major}.${minor}`;
}
