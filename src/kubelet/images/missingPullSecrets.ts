import type { Behavior } from '../behavior/behavior';
import type { KubeletConfig } from '../behavior/config';
import { type Effects, recordEvent } from '../effects/effects';
import type { Pass } from '../state/pass';

interface SecretsView {
  readonly behavior: Behavior;
  readonly config: Pick<KubeletConfig, 'missingPullSecrets'>;
}

/**
 * Records which `imagePullSecrets` a sync did not find, whether or not an image is pulled. Newer kubelets do not.
 *
 * Source: kubelet.go `SyncPod`; kubelet_pods.go `getPullSecretsForPod`.
 */
export function reportAtSync({ behavior, config }: SecretsView, out: Effects): void {
  if (!behavior.pullSecretsMatterToPulls) report(config, out);
}

/**
 * Records which `imagePullSecrets` a sync did not find, if one of its pulls failed.
 *
 * Source: kubelet.go `SyncPod` since 1.37.
 */
export function reportAfterSync(pass: Pass | undefined, { behavior, config }: SecretsView, out: Effects): void {
  if (behavior.pullSecretsMatterToPulls && pass?.pullFailed) report(config, out);
}

function report({ missingPullSecrets: names = [] }: SecretsView['config'], out: Effects): void {
  if (names.length === 0) return;
  const what = `Unable to retrieve some image pull secrets (${names.join(', ')})`;
  recordEvent(out, 'FailedToRetrieveImagePullSecret', `${what}; attempting to pull the image may not succeed.`);
}
