import { goDuration } from '../../clock/goDuration';
import type { Container } from '../../manifest/model';
import { imageNameError } from '../../manifest/values/imageReference';
import { command, emit, recordEvent } from '../effects/effects';
import { changeBackOff, changePass, type Turn } from '../effects/turn';
import { IMAGE_PULL_LIMITS, isInBackOffSinceUpdate, nextBackOff } from '../state/backOff';
import type { StartError } from '../state/podState';
import type { Observation } from '../state/protocol';

/** What is to be done about a container's image, once it is known whether it is there. */
export type ImageStep =
  | { readonly kind: 'Present' }
  | { readonly kind: 'Pulling' }
  | { readonly kind: 'Failed'; readonly error: StartError };

/**
 * Decides whether an image is pulled: by its policy, and not while an earlier failure is being waited out.
 *
 * Source: images/image_manager.go `EnsureImageExists`.
 */
export function onImageInspected(turn: Turn, container: Container, present: boolean): ImageStep {
  const { image, imagePullPolicy: policy } = container;
  if (present && policy !== 'Always') {
    recordPresent(turn, container);
    return { kind: 'Present' };
  }
  if (policy === 'Never') {
    const message = `Container image "${image}" is not present with pull policy of Never`;
    recordEvent(turn, 'ErrImageNeverPull', message, { container });
    return { kind: 'Failed', error: { reason: 'ErrImageNeverPull', message } };
  }
  const entry = turn.state.backOff.pulls[image];
  if (entry && isInBackOffSinceUpdate(entry, turn.at, IMAGE_PULL_LIMITS)) {
    recordEvent(turn, 'BackOff', `Back-off pulling image "${image}"`, { container });
    const cause = turn.state.backOff.pullErrors[image];
    const message = `Back-off pulling image "${image}"${cause === undefined ? '' : `: ${cause}`}`;
    return { kind: 'Failed', error: { reason: 'ImagePullBackOff', message } };
  }
  recordEvent(turn, 'Pulling', `Pulling image "${image}"`, { container });
  command(turn, { kind: 'PullImage', container: container.name, image });
  return { kind: 'Pulling' };
}

type Pulled = Extract<Observation, { readonly kind: 'ImagePulled' }>;
type PullFailed = Extract<Observation, { readonly kind: 'ImagePullFailed' }>;

export function onImagePulled(turn: Turn, container: Container, pulled: Pulled): void {
  const { image } = container;
  if (pulled.notPulled === undefined) recordPulled(turn, container, pulled);
  else {
    const { notPulled: message } = pulled;
    emit(turn, { source: 'runtime', kind: 'ImageNotPulled', at: turn.at, container: container.name, image, message });
    recordPresent(turn, container);
  }
  const { [image]: _, ...pulls } = turn.state.backOff.pulls;
  const { [image]: __, ...pullErrors } = turn.state.backOff.pullErrors;
  changeBackOff(turn, { pulls, pullErrors });
}

function recordPulled(turn: Turn, container: Container, { tookMs, sizeBytes }: Pulled): void {
  const took = goDuration(tookMs);
  const size = turn.state.behavior.pulledNamesSize ? `. Image size: ${sizeBytes} bytes.` : '';
  const message = `Successfully pulled image "${container.image}" in ${took} (${took} including waiting)${size}`;
  recordEvent(turn, 'Pulled', message, { container });
}

function recordPresent(turn: Turn, container: Container): void {
  const suffix = turn.state.behavior.pulledNamesAccess ? ' and can be accessed by the pod' : '';
  recordEvent(turn, 'Pulled', `Container image "${container.image}" already present on machine${suffix}`, {
    container,
  });
}

/**
 * Why an image that has no name at all is neither looked up nor pulled; undefined for any other.
 *
 * Source: images/image_manager.go `applyDefaultImageTag`; util/parsers/parsers.go `ParseImageName`.
 */
export function refuseImageName(turn: Turn, container: Container): StartError | undefined {
  const { image } = container;
  const { invalidNameNamesRepository: namesRepository, parsesImageName } = turn.state.behavior;
  // A spec without an image is refused by the API server, before it comes here.
  const why = image ? imageNameError(image, { namesRepository }) : undefined;
  if (why === undefined) return undefined;
  const parsed = `couldn't parse image ${parsesImageName ? 'name' : 'reference'} "${image}": ${why}`;
  const message = `Failed to apply default image tag "${image}": ${parsed}`;
  recordEvent(turn, 'InspectFailed', message, { container });
  return { reason: 'InvalidImageName', message };
}

/** A failed pull is backed off from; what cannot be looked up was never pulled. */
export function onImagePullFailed(turn: Turn, container: Container, { reason, message }: PullFailed): StartError {
  const { image } = container;
  if (reason === 'ImageInspectError') {
    const told = `Failed to inspect image "${image}": ${message}`;
    recordEvent(turn, 'InspectFailed', told, { container });
    return { reason, message: told };
  }
  recordEvent(turn, 'Failed', `Failed to pull image "${image}": ${message}`, { container });
  if (reason === 'ErrImagePull') changePass(turn, { pullFailed: true });
  const { pulls, pullErrors } = turn.state.backOff;
  changeBackOff(turn, {
    pulls: { ...pulls, [image]: nextBackOff(pulls[image], turn.at, turn.at, IMAGE_PULL_LIMITS) },
    pullErrors: { ...pullErrors, [image]: `${reason}: ${message}` },
  });
  return { reason, message };
}
