import { styleText } from 'node:util';
import { expect } from 'expect';
import { PodWatch, runPod, storyOf } from 'jest-kubelet';
import matchers from 'jest-kubelet/matchers';

// Rehearses examples/liveness-http on real containers: tells what happens as it happens, then the verdicts.

expect.extend(matchers);

const MANIFEST = new URL('./liveness-http/pod.yaml', import.meta.url).pathname;

const EXPECTED = [
  ['becomes Ready', (pod) => expect(pod).toBecomeReady()],
  [
    'is restarted by its liveness probe, three times at once',
    (pod) => expect(pod).toRestart({ because: 'liveness', times: 3, since: 'start' }),
  ],
  ['waits for its fourth restart: CrashLoopBackOff', (pod) => expect(pod).toRestart({ times: 4, since: 'start' })],
];

const pod = await runPod(MANIFEST, { images: { liveness: 'jest-kubelet-example/liveness-http' } });
say(`A server that answers 200 on /healthz for 10 s after each start and 500 afterwards, with this liveness probe:
httpGet, initialDelaySeconds: 3, periodSeconds: 3, failureThreshold: 3. What would the kubelet do?\n`);

const told = tellAsItHappens();
const verdicts = [];
for (const [title, judge] of EXPECTED) verdicts.push(await verdictOn(title, judge));
told.stop();
await pod.remove();

say('');
for (const { title, failure } of verdicts) {
  say(failure ? `${styleText('red', '✗')} ${title}\n\n${failure}\n` : `${styleText('green', '✓')} ${title}`);
}
const skippedMs = pod.timeline.of('TimeSkipped').reduce((sum, { byMs }) => sum + byMs, 0);
say(
  `\n${Math.round(pod.timeline.now / 1000)} s of the pod's life; ${Math.round(skippedMs / 1000)} s of them were back-off, and skipped.`,
);
process.exitCode = verdicts.some(({ failure }) => failure) ? 1 : 0;

async function verdictOn(title, judge) {
  try {
    await judge(pod);
    return { title };
  } catch (error) {
    return { title, failure: error.message };
  }
}

/** Prints a line for each event, and a row of `kubectl get pod -w` whenever it changes. */
function tellAsItHappens() {
  const watch = new PodWatch(pod.pod);
  let events = 0;
  let lines = 0;
  const tell = () => {
    const rows = pod.timeline.events.slice(events).flatMap((event) => watch.read(event));
    events = pod.timeline.events.length;
    const story = storyOf(pod.timeline);
    for (const { at, who, what, text } of story.slice(lines)) {
      if (who !== 'test')
        say(`${`+${(at / 1000).toFixed(1)} s`.padStart(9)}  ${who.padEnd(8)}  ${what.padEnd(9)}  ${text}`);
    }
    lines = story.length;
    for (const row of rows) say(styleText('cyan', `           ${row}`));
  };
  tell();
  let stopped = false;
  const following = (async () => {
    while (!stopped && !pod.ended) {
      await pod.progress(Number.POSITIVE_INFINITY);
      tell();
    }
  })();
  return {
    stop() {
      stopped = true;
      tell();
      following.catch(() => {});
    },
  };
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
