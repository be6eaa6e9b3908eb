import type { FailedStart } from '../kubelet/state/protocol';
import type { Unresolved } from '../manifest/config/downwardAPI';
import type { StartFailure } from '../timeline/causes';

/** Step of a start for which an engine or a registry reports a failure. */
export type EngineStep = 'inspect' | 'pull' | 'create' | 'start';

type Pattern = readonly [text: RegExp, failure: StartFailure];

/** Words of engines and registries for a missing image. They use others for a registry that cannot be reached. */
const IMAGE_MISSING: Pattern = [
  /\bnot found\b|does not exist|manifest unknown|no such image|access denied/i,
  { kind: 'imageMissing' },
];
/** The kernel's words, which engines forward. */
const DISK_FULL: Pattern = [/no space left on device|disk quota exceeded/i, { kind: 'diskFull' }];
/** OCI runtimes use these words for a program that does not exist in the image, or is not executable. */
const PROGRAM_MISSING: Pattern = [
  /executable file not found|no such file or directory|permission denied/i,
  { kind: 'programMissing' },
];

/** The same words mean another failure at another step: an image and a program are both "not found". */
const PATTERNS: Readonly<Record<EngineStep, readonly Pattern[]>> = {
  inspect: [DISK_FULL],
  pull: [IMAGE_MISSING, DISK_FULL],
  create: [DISK_FULL],
  start: [DISK_FULL, PROGRAM_MISSING],
};

/** Returns a failure that an engine or a registry reports, with the reason that its words show. */
export function failedByEngine(step: EngineStep, message: string): FailedStart {
  const found = PATTERNS[step].find(([text]) => text.test(message));
  return { message, ...(found && { failure: found[1] }) };
}

/** Returns the failure of a container or a volume whose configuration cannot be resolved. */
export function failedByConfig({ error: message, missing }: Unresolved): FailedStart {
  return { message, ...(missing && { failure: { kind: 'configMissing', object: missing } }) };
}
