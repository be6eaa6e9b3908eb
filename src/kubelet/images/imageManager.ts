import { goDuration } from '../../clock/goDuration';
import type { Container } from '../../manifest/model';
import { imageNameError } from '../../manifest/values/imageReference';
import type { Behavior } from '../behavior/behavior';
import { command, type Effects, emit, recordEvent } from '../effects/effects';
import { IMAGE_PULL_LIMITS, isInBackOffSinceUpdate, nextBackOff } from '../state/backOff';
import type { BackOffState, StartError } from '../state/backOffState';
import type { Observation } from '../state/protocol';

/** Next step for a container's image, once it is known whether it is present. */
export type ImageStep =
  | { readonly kind: 'Present' }
  | { readonly kind: 'Pulling' }
  | { readonly kind: 'Failed'; readonly error: StartError };

/**
 * Decides whether an image is pulled: by its policy, and not while an earlier failure is being waited out.
 *
 * Source: images/image_manager.go `EnsureImageExists`.
 */
export function onImageInspected(
  { pulls, pullErrors }: BackOffState,
  container: Container,
  present: boolean,
  behavior: Behavior,
  out: Effects,
): ImageStep {
  const { image, imagePullPolicy: policy } = container;
  if (present && policy !== 'Always') {
    recordPresent(container, behavior, out);
    return { kind: 'Present' };
  }
  if (policy === 'Never') {
    const message = `Container image "${image}" is not present with pull policy of Never`;
    recordEvent(out, 'ErrImageNeverPull', message, { container });
    return { kind: 'Failed', error: { reason: 'ErrImageNeverPull', message } };
  }
  const entry = pulls[image];
  if (entry && isInBackOffSinceUpdate(entry, out.at, IMAGE_PULL_LIMITS)) {
    recordEvent(out, 'BackOff', `Back-off pulling image "${image}"`, { container, delayed: 'pull' });
    const last = pullErrors[image];
    const message = `Back-off pulling image "${image}"${last ? `: ${last.reason}: ${last.message}` : ''}`;
    return { kind: 'Failed', error: { reason: 'ImagePullBackOff', message, failure: last?.failure } };
  }
  recordEvent(out, 'Pulling', `Pulling image "${image}"`, { container });
  command(out, { kind: 'PullImage', container: container.name, image });
  return { kind: 'Pulling' };
}

type Pulled = Extract<Observation, { readonly kind: 'ImagePulled' }>;
type PullFailed = Extract<Observation, { readonly kind: 'ImagePullFailed' }>;

/** Ends the back-off of pulls after a pull that succeeded. */
export function onImagePulled(
  backOff: BackOffState,
  container: Container,
  pulled: Pulled,
  behavior: Behavior,
  out: Effects,
): BackOffState {
  const { image } = container;
  if (pulled.notPulled === undefined) recordPulled(container, pulled, behavior, out);
  else {
    const { notPulled: message } = pulled;
    emit(out, { source: 'runtime', kind: 'ImageNotPulled', at: out.at, container: container.name, image, message });
    recordPresent(container, behavior, out);
  }
  const { [image]: _, ...pulls } = backOff.pulls;
  const { [image]: __, ...pullErrors } = backOff.pullErrors;
  return { ...backOff, pulls, pullErrors };
}

function recordPulled(container: Container, { tookMs, sizeBytes }: Pulled, behavior: Behavior, out: Effects): void {
  const took = goDuration(tookMs);
  const size = behavior.pulledNamesSize ? `. Image size: ${sizeBytes} bytes.` : '';
  const message = `Successfully pulled image "${container.image}" in ${took} (${took} including waiting)${size}`;
  recordEvent(out, 'Pulled', message, { container });
}

function recordPresent(container: Container, behavior: Behavior, out: Effects): void {
  const suffix = behavior.pulledNamesAccess ? ' and can be accessed by the pod' : '';
  recordEvent(out, 'Pulled', `Container image "${container.image}" already present on machine${suffix}`, {
    container,
  });
}

/**
 * Returns why an image without any name is neither looked up nor pulled; undefined for any other.
 *
 * Source: images/image_manager.go `applyDefaultImageTag`; util/parsers/parsers.go `ParseImageName`.
 */
export function refuseImageName(
  container: Container,
  { invalidNameNamesRepository: namesRepository, parsesImageName }: Behavior,
  out: Effects,
): StartError | undefined {
  const { image } = container;
  // A spec without an image is refused by the API server, before it comes here.
  const why = image ? imageNameError(image, { namesRepository }) : undefined;
  if (why === undefined) return undefined;
  const parsed = `couldn't parse image ${parsesImageName ? 'name' : 'reference'} "${image}": ${why}`;
  const message = `Failed to apply default image tag "${image}": ${parsed}`;
  recordEvent(out, 'InspectFailed', message, { container });
  return { reason: 'InvalidImageName', message };
}

/** Starts a back-off after a failed pull. A failed lookup does not: the image was never pulled. */
export function onImagePullFailed(
  backOff: BackOffState,
  container: Container,
  { reason, message, failure }: PullFailed,
  out: Effects,
): { readonly backOff: BackOffState; readonly error: StartError } {
  const { image } = container;
  if (reason === 'ImageInspectError') {
    const told = `Failed to inspect image "${image}": ${message}`;
    recordEvent(out, 'InspectFailed', told, { container });
    return { backOff, error: { reason, message: told, failure } };
  }
  recordEvent(out, 'Failed', `Failed to pull image "${image}": ${message}`, { container, failed: 'pull', failure });
  const pulls = { ...backOff.pulls, [image]: nextBackOff(backOff.pulls[image], out.at, out.at, IMAGE_PULL_LIMITS) };
  const error = { reason, message, failure };
  return { backOff: { ...backOff, pulls, pullErrors: { ...backOff.pullErrors, [image]: error } }, error };
}
