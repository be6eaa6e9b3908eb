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

test('every fix has words', () => {
  expect(linesOf(FACTS, formatFix)).toMatchInlineSnapshot(`
"lowerRequests: Lower what its containers request, or run it where the engine has more.
freeDisk: Free some of it: docker system df shows what fills it, docker system prune removes what nothing uses.
runAsUser: Set securityContext.runAsUser to a number above 0, or USER in the Dockerfile of the image.
nameImage: Name an image for web that is here, as in runPod(…, { images: { web: 'name:tag' } }) or gate --image web=name:tag, or one that a registry has.
giveConfig: Put it into the manifest, or give it as in runPod(…, { configMaps: { name: { key: 'value' } } }).
giveConfig: Put it into the manifest, or give it as in runPod(…, { secrets: { name: { key: 'value' } } }).
giveCommand: Give web a command that its image has; without one the image's own ENTRYPOINT runs.
exitWithZero: Make the SIGTERM handler of web exit with 0, or pass { exitCode: 1 } if it is meant.
exitWithZero: Make it exit with 0, or pass { exitCode: 1 } if it is meant.
signal: Have it end sooner, or raise terminationGracePeriodSeconds.
outlastOutage: While db is out the pod may be unready, that is no failure here; but a restart does not bring db back: ask for it in the readiness probe of web, not in its liveness probe.
outlastOutage: While db is out the pod may be unready, that is no failure here; web should stay up and wait for it rather than exit."
`);
});
