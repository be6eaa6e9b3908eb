/**
 * Folders with strings of Kubernetes, Go or a container runtime, word for word. Elsewhere, write `voice-ignore: upstream` in a
 * comment on the line before such a string.
 */
const UPSTREAM = [
  ['src/kubelet/', 'events, conditions and statuses of the kubelet'],
  ['src/manifest/validation/', 'errors of the API server'],
  ['src/manifest/values/', 'errors of apimachinery and of image references'],
  ['src/probes/', 'errors of the prober, of Go and of gRPC'],
  ['src/report/kubectl/', 'the columns of kubectl get and describe'],
  ['src/runtime/scripted/containerd.ts', 'errors of containerd and runc'],
].map(([folder]) => folder);

export const isUpstream = (file) => UPSTREAM.some((folder) => file.startsWith(folder));
