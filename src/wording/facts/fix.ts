import type { Fix } from '../../assertions/facts/fix';
import { formatFrom, type Words } from '../message';
import { formatSignalFix } from '../signalTrouble';

/** Returns the fix as a sentence. */
export function formatFix(fix: Fix): string {
  return formatFrom(WORDS, fix);
}

const WORDS: Words<Fix> = {
  lowerRequests: 'Lower the resource requests of its containers, or use a container engine with more resources.',
  freeDisk: 'Free disk space: docker system df shows its use, and docker system prune removes unused data.',
  runAsUser: 'Set securityContext.runAsUser to a number above 0, or set USER in the Dockerfile of the image.',
  nameImage: ({ container }) =>
    `Use an image that the engine or a registry has, for example runPod(…, { images: { ${container}: 'name:tag' } }) or gate --image ${container}=name:tag.`,
  giveConfig: ({ object }) => {
    const option = object === 'Secret' ? 'secrets' : 'configMaps';
    return `Add the ${object} to the manifest, or pass it: runPod(…, { ${option}: { name: { key: 'value' } } }).`;
  },
  giveCommand: ({ container }) =>
    `Set the command of ${container} to a program in its image, or remove it to run the ENTRYPOINT of the image.`,
  exitWithZero: ({ container, signal, exitCode }) => {
    const subject = signal === undefined ? container : `the ${signal} handler of ${container}`;
    return `Make ${subject} exit with 0, or pass { exitCode: ${exitCode} } if that code is intended.`;
  },
  signal: ({ trouble }) => `${formatSignalFix(trouble)}.`,
  outlastOutage: ({ container, service, because }) => {
    const unready = `The pod may be unready while ${service} is unavailable.`;
    if (because !== 'liveness' && because !== 'startup')
      return `Make ${container} wait for ${service} instead of exiting. ${unready}`;
    return `Check ${service} in the readiness probe of ${container}, not in its ${because} probe, because a restart does not bring ${service} back. ${unready}`;
  },
};
