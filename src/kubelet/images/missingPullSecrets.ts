import { recordEvent } from '../effects/effects';
import type { Turn } from '../effects/turn';

/**
 * Records which `imagePullSecrets` a sync did not find, whether or not an image is pulled. Newer kubelets do not.
 *
 * Source: kubelet.go `SyncPod`; kubelet_pods.go `getPullSecretsForPod`.
 */
export function reportAtSync(turn: Turn): void {
  if (!turn.state.behavior.pullSecretsMatterToPulls) report(turn);
}

/**
 * Records which `imagePullSecrets` a sync did not find, if one of its pulls failed.
 *
 * Source: kubelet.go `SyncPod` since 1.37.
 */
export function reportAfterSync(turn: Turn): void {
  if (turn.state.behavior.pullSecretsMatterToPulls && turn.state.sync.pass?.pullFailed) report(turn);
}

function report(turn: Turn): void {
  const names = turn.state.config.missingPullSecrets ?? [];
  if (names.length === 0) return;
  const what = `Unable to retrieve some image pull secrets (${names.join(', ')})`;
  recordEvent(turn, 'FailedToRetrieveImagePullSecret', `${what}; attempting to pull the image may not succeed.`);
}
