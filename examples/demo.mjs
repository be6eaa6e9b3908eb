import { setTimeout } from 'node:timers/promises';
import { styleText } from 'node:util';
import { expect } from 'expect';
import { kubectl, runPod, summarize } from 'jest-kubelet';
import matchers from 'jest-kubelet/matchers';

// Runs examples/kubia on real containers, and prints events and results while they happen.

expect.extend(matchers);

const MANIFEST = new URL('./kubia/pod.yaml', import.meta.url).pathname;
const IMAGES = { kubia: 'jest-kubelet-example/kubia-service', proxy: 'jest-kubelet-example/kubia-proxy' };

const STEPS = [
  {
    title: 'Two containers in one pod: a server, and a proxy that serves TLS for it. When are they Ready?',
    result: 'the pod becomes Ready immediately, because it has no readiness probe',
    check: () => expect(pod).toBecomeReady(),
  },
  {
    title: 'The proxy fails its health check (POST /healthcheck/fail on its admin port). Which container restarts?',
    act: () => admin('/healthcheck/fail'),
    result: 'the liveness probe restarts the proxy after three failures, and not the server',
    check: async () => {
      await expect(pod).toRestart({ container: 'proxy', because: 'liveness' });
      expect(restarts()).toEqual(['proxy']);
    },
  },
  {
    title: 'The proxy exits with 0 (POST /quitquitquit). Does it restart?',
    act: () => admin('/quitquitquit'),
    result: 'it restarts because of restartPolicy Always, immediately, because a liveness restart starts no back-off',
    check: async () => {
      await expect(pod).toRestart({ container: 'proxy', times: 2 });
      expect(pod).not.toHaveEvent('BackOff');
    },
  },
  {
    title: 'The proxy exits once more. Does it restart again?',
    act: () => admin('/quitquitquit'),
    result: 'it waits 10s in CrashLoopBackOff, although nothing has crashed, and the server keeps running',
    check: async () => {
      await expect(pod).toRestart({ container: 'proxy', times: 3 });
      await expect(pod).toBecomeReady();
      expect(pod).toHaveEvent('BackOff');
      expect(restarts()).toEqual(['proxy', 'proxy', 'proxy']);
    },
  },
];

const pod = await runPod(MANIFEST, { images: IMAGES });
const told = printAsItHappens();
let failures = 0;
for (const { title, act, check, result } of STEPS) {
  say(`\n${styleText('bold', title)}\n`);
  await act?.();
  const failure = await failureOf(check);
  told.catchUp();
  say(failure ? `\n${styleText('red', '✗')} ${result}\n\n${failure}` : `\n${styleText('green', '✓')} ${result}`);
  if (failure) failures += 1;
}
told.stop();
await pod.remove();

say(`\nThis pod ran for ${Math.round(pod.timeline.now / 1000)}s on real containers, without a cluster.`);
say('examples/kubia/kubia.spec.ts has the same steps as tests. JEST_KUBELET_LOG=events prints the events of any test.');
process.exitCode = failures > 0 ? 1 : 0;

async function failureOf(check) {
  try {
    await check();
    return undefined;
  } catch (error) {
    return error.message;
  }
}

/** Returns the containers that have restarted, in order. */
function restarts() {
  const starts = pod.timeline.of('ContainerStarted').filter(({ attempt }) => attempt > 0);
  return starts.map(({ container }) => container);
}

/** Sends a request to the admin port of the proxy when it listens. */
async function admin(path) {
  const url = (await pod.container('proxy').url('admin')) + path;
  while (!pod.ended && !pod.broken) {
    const response = await fetch(url, { method: 'POST' }).catch(() => undefined);
    if (response?.ok) return;
    await setTimeout(50);
  }
}

/** Prints a line for each event, and each new row of `kubectl get pod -w`. */
function printAsItHappens() {
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
