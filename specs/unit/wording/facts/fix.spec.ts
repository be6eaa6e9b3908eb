import { expect, test } from '@jest/globals';
import type { Fix } from '../../../../src/assertions/facts/fix';
import { formatFix } from '../../../../src/wording/facts/fix';
import { type FactsOf, linesOf } from './linesOf';

const container = 'web';
const trouble = { kind: 'late', cause: 'shutdown-longer-than-grace', exitCode: 0 } as const;

const FACTS: FactsOf<Fix> = {
  lowerRequests: [{}],
  freeDisk: [{}],
  runAsUser: [{}],
  nameImage: [{ container }],
  giveConfig: [{ object: 'ConfigMap' }, { object: 'Secret' }],
  giveCommand: [{ container }],
  exitWithZero: [
    { container, signal: 'SIGTERM', exitCode: 1 },
    { container, signal: undefined, exitCode: 1 },
  ],
  signal: [{ trouble }],
  outlastOutage: [
    { container, service: 'db', because: 'liveness' },
    { container, service: 'db', because: 'exit' },
  ],
};

test('formats every fix', () => {
  expect(linesOf(FACTS, formatFix)).toMatchInlineSnapshot(`
"lowerRequests: Lower the resource requests of its containers, or use a container engine with more resources.
freeDisk: Free disk space: docker system df shows its use, and docker system prune removes unused data.
runAsUser: Set securityContext.runAsUser to a number above 0, or set USER in the Dockerfile of the image.
nameImage: Use an image that the engine or a registry has, for example runPod(…, { images: { web: 'name:tag' } }) or gate --image web=name:tag.
giveConfig: Add the ConfigMap to the manifest, or pass it: runPod(…, { configMaps: { name: { key: 'value' } } }).
giveConfig: Add the Secret to the manifest, or pass it: runPod(…, { secrets: { name: { key: 'value' } } }).
giveCommand: Set the command of web to a program in its image, or remove it to run the ENTRYPOINT of the image.
exitWithZero: Make the SIGTERM handler of web exit with 0, or pass { exitCode: 1 } if that code is intended.
exitWithZero: Make web exit with 0, or pass { exitCode: 1 } if that code is intended.
signal: Shut down faster, or raise terminationGracePeriodSeconds.
outlastOutage: Check db in the readiness probe of web, not in its liveness probe, because a restart does not bring db back. The pod may be unready while db is unavailable.
outlastOutage: Make web wait for db instead of exiting. The pod may be unready while db is unavailable."
`);
});
