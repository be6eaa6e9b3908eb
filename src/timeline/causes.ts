/** Reason for the kill of one container. The kubelet sets it when it decides. */
export type KillCause = 'liveness' | 'startup' | 'postStart' | 'definition' | 'restartRule' | 'unknownState';

/** Reason why a client got no response. `reset` is a connection that closed without one. */
export type NetworkFailure = 'refused' | 'timedOut' | 'reset' | 'noRoute';

/** Reason why a probe or a hook did not succeed. The probe or hook sets it when it classifies the response. */
export type HandlerFailure =
  | { readonly kind: NetworkFailure | 'notServing' }
  | { readonly kind: 'status'; readonly status: number }
  /** The name of a gRPC code, such as `NotFound`. */
  | { readonly kind: 'rpc'; readonly code: string }
  /** `says` is what the command printed about a request of its own. */
  | { readonly kind: 'exit'; readonly exitCode: number; readonly says?: NetworkFailure }
  /** The exit code is that of a shell. It is absent if the command itself is the program. */
  | { readonly kind: 'programMissing'; readonly exitCode?: number };

/** Reason why a container cannot be started. The runtime sets it, but a kubelet on a node has only the message. */
export type StartFailure =
  /** `runAsNonRoot`: the container must not run as root, and might. */
  | { readonly kind: 'imageMissing' | 'diskFull' | 'programMissing' | 'runAsNonRoot' }
  /** The object, or the key in it that the container needs, does not exist. */
  | { readonly kind: 'configMissing'; readonly object: 'ConfigMap' | 'Secret' };
