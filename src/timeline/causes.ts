/** Reason for the kill of one container. The kubelet sets it when it decides. */
export type KillCause = 'liveness' | 'startup' | 'postStart' | 'definition' | 'restartRule' | 'unknownState';
