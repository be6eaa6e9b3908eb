/** Returns `host:port`, with an IPv6 address in brackets. Source: Go net `JoinHostPort`. */
export function joinHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Returns the host to connect to: the handler's own `host`, or else the pod. */
export function hostToDial(host: string | undefined, podIP: string): string {
  const dialled = host || podIP;
  // The kubelet would dial the empty address, which is the node itself (kubernetes#67204).
  if (!dialled) throw new NoAddressError();
  return dialled;
}

/** The pod has no IP and the handler names no host. */
class NoAddressError extends Error {
  override readonly name = 'NoAddressError';

  constructor() {
    super('no address to dial: the pod has no IP yet and the handler names no host');
  }
}
