import { setTimeout } from 'node:timers/promises';
import { styleText } from 'node:util';
import { expect } from 'expect';
import { kubectl, runPod, summarize } from 'jest-kubelet';
import matchers from 'jest-kubelet/matchers';

// Rehearses examples/kubia on real containers: tells what happens as it happens, and the verdicts.

expect.extend(matchers);

const MANIFEST = new URL('./kubia/pod.yaml', import.meta.url).pathname;
const IMAGES = { kubia: 'jest-kubelet-example/kubia-service', proxy: 'jest-kubelet-example/kubia-proxy' };

const STEPS = [
  {
    title: 'Two containers in one pod: a server, and a proxy that speaks TLS for it. When are they Ready?',
    verdict: 'becomes Ready: at once, as neither has a readiness probe',
    judge: () => expect(pod).toBecomeReady(),
  },
  {
    title:
      'The proxy fails its health check (POST /healthcheck/fail on its admin port). Which of the two is restarted?',
    act: () => admin('/healthcheck/fail'),
    verdict: 'the proxy is restarted by its liveness probe, after three failures; the server beside it is not',
    judge: async () => {
      await expect(pod).toRestart({ container: 'proxy', because: 'liveness' });
      expect(restarts()).toEqual(['proxy']);
    },
  },
  {
    title: 'The proxy is told to quit (POST /quitquitquit), and ends with 0. Is that a reason to restart it?',
    act: () => admin('/quitquitquit'),
    verdict: 'it is, under restartPolicy Always; at once, as a restart by a liveness probe begins no back-off',
    judge: async () => {
      await expect(pod).toRestart({ container: 'proxy', times: 2 });
      expect(pod).not.toHaveEvent('BackOff');
    },
  },
  {
    title: 'And once more?',
    act: () => admin('/quitquitquit'),
    verdict: 'now it waits for 10s: CrashLoopBackOff, though nothing has crashed; the server has run all the time',
    judge: async () => {
      await expect(pod).toRestart({ container: 'proxy', times: 3 });
      await expect(pod).toBecomeReady();
      expect(pod).toHaveEvent('BackOff');
      expect(restarts()).toEqual(['proxy', 'proxy', 'proxy']);
    },
  },
];

const pod = await runPod(MANIFEST, { images: IMAGES });
const told = tellAsItHappens();
let failures = 0;
for (const { title, act, judge, verdict } of STEPS) {
  say(`\n${styleText('bold', title)}\n`);
  await act?.();
  const failure = await failureOf(judge);
  told.catchUp();
  say(failure ? `\n${styleText('red', '✗')} ${verdict}\n\n${failure}` : `\n${styleText('green', '✓')} ${verdict}`);
  if (failure) failures += 1;
}
told.stop();
await pod.remove();

say(`\n${Math.round(pod.timeline.now / 1000)}s of a pod's life, on real containers, without a cluster.`);
say(
  'examples/kubia/kubia.spec.ts is the same as a test; JEST_KUBELET_LOG=events tells the events of any test as they come.',
);
process.exitCode = failures > 0 ? 1 : 0;

async function failureOf(judge) {
  try {
    await judge();
    return undefined;
  } catch (error) {
    return error.message;
  }
}

/** Which containers have been restarted, one after the other. */
function restarts() {
  const starts = pod.timeline.of('ContainerStarted').filter(({ attempt }) => attempt > 0);
  return starts.map(({ container }) => container);
}

/** Asks the proxy's admin port for something, as soon as somebody listens there. */
async function admin(path) {
  const url = (await pod.container('proxy').url('admin')) + path;
  while (!pod.ended && !pod.broken) {
    const response = await fetch(url, { method: 'POST' }).catch(() => undefined);
    if (response?.ok) return;
    await setTimeout(50);
  }
}

/** Prints a line for each event, and a row of `kubectl get pod -w` whenever it changes. */
function tellAsItHappens() {
  const watch = new kubectl.PodWatch(pod.pod);
  let events = 0;
  let lines = 0;
  const catchUp = () => {
    const rows = pod.timeline.events.slice(events).flatMap((event) => watch.read(event));
    events = pod.timeline.events.length;
    const story = summarize(pod.timeline);
    for (const { at, who, what, text, routine } of story.slice(lines)) {
      if (who !== 'test' && !routine)
        say(`${`+${(at / 1000).toFixed(1)}s`.padStart(9)}  ${who.padEnd(8)}  ${what.padEnd(9)}  ${text}`);
    }
    lines = story.length;
    for (const row of rows) say(styleText('cyan', `           ${row}`));
  };
  let stopped = false;
  const following = (async () => {
    while (!stopped && !pod.ended && !pod.broken) {
      await pod.progress(Number.POSITIVE_INFINITY);
      if (!stopped) catchUp();
    }
  })();
  return {
    catchUp,
    stop() {
      stopped = true;
      following.catch(() => {});
    },
  };
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
