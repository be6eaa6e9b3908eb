import type { Fix } from '../../assertions/facts/fix';
import { formatSignalFix } from '../signalTrouble';
import { putIntoWords, type Words } from './words';

/** Returns what to do, as a sentence. */
export function formatFix(fix: Fix): string {
  return putIntoWords(WORDS, fix);
}

const WORDS: Words<Fix> = {
  lowerRequests: 'Lower what its containers request, or run it where the engine has more.',
  freeDisk: 'Free some of it: docker system df shows what fills it, docker system prune removes what nothing uses.',
  runAsUser: 'Set securityContext.runAsUser to a number above 0, or USER in the Dockerfile of the image.',
  nameImage: ({ container }) =>
    `Name an image for ${container} that is here, as in runPod(…, { images: { ${container}: 'name:tag' } }) or gate --image ${container}=name:tag, or one that a registry has.`,
  giveConfig: ({ object }) => {
    const option = object === 'Secret' ? 'secrets' : 'configMaps';
    return `Put it into the manifest, or give it as in runPod(…, { ${option}: { name: { key: 'value' } } }).`;
  },
  giveCommand: ({ container }) =>
    `Give ${container} a command that its image has; without one the image's own ENTRYPOINT runs.`,
  exitWithZero: ({ container, signal, exitCode }) => {
    const what =
      signal === undefined ? 'Make it exit with 0' : `Make the ${signal} handler of ${container} exit with 0`;
    return `${what}, or pass { exitCode: ${exitCode} } if it is meant.`;
  },
  signal: ({ trouble }) => {
    const fix = formatSignalFix(trouble);
    return `${fix[0]?.toUpperCase()}${fix.slice(1)}.`;
  },
  outlastOutage: ({ container, service, because }) => {
    const readiness = `While ${service} is out the pod may be unready, that is no failure here`;
    if (because !== 'liveness' && because !== 'startup')
      return `${readiness}; ${container} should stay up and wait for it rather than exit.`;
    return `${readiness}; but a restart does not bring ${service} back: ask for it in the readiness probe of ${container}, not in its ${because} probe.`;
  },
};
