import { beforeAll, expect, test } from '@jest/globals';
import { type LivePod, type RunPodOptions, runPod } from 'jest-kubelet';
import { podRunOf } from '../../matchers/kernel/call/received';
import 'jest-kubelet/jest-globals';
import { NEVER } from '../../src/clock/instant';
import { shownUnder, showUnder, WRITES } from '../docs/messages/shown';
import { messageOf } from '../unit/matchers/messageOf';
import { describeOnEngine } from './onEngine';

interface Case {
  /** Its heading on the page, which says in a sentence below it what is wrong with the pod. */
  readonly title: string;
  readonly container: object;
  readonly spec?: object;
  readonly options?: RunPodOptions;
  readonly ask: (pod: LivePod) => Promise<unknown>;
}

const NODE = { image: 'node:24-slim' };
const BUSYBOX = { image: 'busybox:1.36' };
const ports = [{ name: 'web', containerPort: 8080 }];
const httpGet = { path: '/healthz', port: 'web' };

/** Returns the command of a Node.js server that responds to /healthz with 200. `more` runs before it listens. */
const serves = (more = '', listens = 'server.listen(8080)') => [
  'node',
  '-e',
  `const server = require('node:http').createServer((request, response) => {
  response.statusCode = request.url === '/healthz' ? 200 : 404;
  response.end();
});
process.on('SIGTERM', () => process.exit(0));
${more}
${listens};`,
];

// An engine on cgroup v1 may miss what the kernel does in a container's first moment, or in its last.
// The pod's rule for an OOM kill ends the shell too, so the shell may or may not have time to print "Killed".
const EATS_MEMORY =
  'echo warming the cache; sleep 0.3; exec 2>/dev/null; tail /dev/zero; code=$?; sleep 0.5; exit $code';

const CASES: readonly Case[] = [
  {
    title: 'A slow start',
    container: {
      ...NODE,
      command: serves("console.log('loading the catalogue');", 'setTimeout(() => server.listen(8080), 20_000)'),
      ports,
      livenessProbe: { httpGet, periodSeconds: 1 },
    },
    ask: (pod) => expect(pod).not.toRestart({ within: '15s' }),
  },
  {
    title: 'A path that does not exist',
    container: {
      ...NODE,
      command: serves(),
      ports,
      readinessProbe: { httpGet: { ...httpGet, path: '/health' }, periodSeconds: 1 },
    },
    ask: (pod) => expect(pod).toBecomeReady({ within: '10s' }),
  },
  {
    title: 'A port name that no container has',
    container: {
      ...NODE,
      command: serves(),
      ports,
      readinessProbe: { httpGet: { ...httpGet, port: 'http' }, periodSeconds: 1 },
    },
    options: { allow: ['unknown-port'] },
    ask: (pod) => expect(pod).toBecomeReady({ within: '5s' }),
  },
  {
    title: 'A liveness probe that does not detect a hang',
    container: {
      ...NODE,
      command: serves(),
      ports,
      livenessProbe: { tcpSocket: { port: 'web' }, periodSeconds: 1 },
      readinessProbe: { httpGet, periodSeconds: 1 },
    },
    ask: async (pod) => {
      await expect(pod).toBecomeReady({ within: '1m' });
      await pod.container('web').freeze();
      await expect(pod).toRestart({ because: 'liveness', within: '10s' });
    },
  },
  {
    title: 'Too little memory',
    container: {
      ...BUSYBOX,
      command: ['sh', '-c', EATS_MEMORY],
      resources: { limits: { memory: '32Mi' } },
    },
    ask: (pod) => expect(pod).not.toRestart({ within: '1m' }),
  },
  {
    title: 'A shell that does not forward SIGTERM',
    container: { ...BUSYBOX, command: ['sh', '-c', 'httpd -f -p 8080 -h /tmp; true'], ports },
    spec: { terminationGracePeriodSeconds: 3 },
    ask: async (pod) => {
      await expect(pod).toBecomeReady({ within: '1m' });
      await expect(pod.delete()).toTerminateGracefully();
    },
  },
  {
    title: 'A preStop hook that takes too long',
    container: { ...NODE, command: serves(), ports, lifecycle: { preStop: { exec: { command: ['sleep', '10'] } } } },
    spec: { terminationGracePeriodSeconds: 4 },
    ask: async (pod) => {
      await expect(pod).toBecomeReady({ within: '1m' });
      await expect(pod.delete()).toTerminateGracefully();
    },
  },
  {
    title: 'An image that does not exist',
    container: { image: 'localhost/shop/web:1.2.3' },
    ask: (pod) => expect(pod).toBecomeReady(),
  },
  {
    title: 'A crash on start',
    container: {
      ...NODE,
      command: [
        'node',
        '-e',
        "if (!process.env.DATABASE_URL) { console.error('DATABASE_URL is not set'); process.exit(1); }",
      ],
      readinessProbe: { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 1 },
    },
    ask: (pod) => expect(pod).toBecomeReady({ within: '2m' }),
  },
  {
    title: 'A database that is unavailable',
    container: {
      ...NODE,
      command: serves(
        "server.prependListener('request', (request, response) => { response.end = () => {}; require('node:net').connect(5432, '127.0.0.1').on('error', ({ message }) => { console.error('database:', message); response.writeHead(503); Object.getPrototypeOf(response).end.call(response, message); }); });",
      ),
      ports,
      livenessProbe: { httpGet, periodSeconds: 1, failureThreshold: 5 },
      readinessProbe: { httpGet, periodSeconds: 1 },
    },
    ask: (pod) => expect(pod).not.toRestart({ within: '15s' }),
  },
];

describeOnEngine('docs/messages.md', () => {
  let messages: readonly string[];

  beforeAll(async () => {
    messages = await Promise.all(CASES.map(messageFor));
    if (WRITES) for (const [index, { title }] of CASES.entries()) showUnder(title, messages[index] ?? '');
  });

  test.each(CASES.map(({ title }, index) => [title, index] as const))('shows the message of: %s', (title, index) => {
    expect(timeless(messages[index] ?? '')).toBe(timeless(shownUnder(title) ?? ''));
  });
});

async function messageFor({ container, spec, options, ask }: Case): Promise<string> {
  const containers = [{ name: 'web', imagePullPolicy: 'IfNotPresent', ...container }];
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'shop' }, spec: { containers, ...spec } };
  const pod = await runPod(manifest, options);
  try {
    await begun(pod);
    return await messageOf(() => ask(pod));
  } finally {
    await pod.remove();
  }
}

/** Waits until the container has started or cannot start. Ten pods in parallel are slow on a busy machine. */
async function begun(pod: LivePod): Promise<void> {
  const state = () => pod.status.containerStatuses?.[0]?.state;
  while (!state() || state()?.waiting?.reason === 'ContainerCreating') await podRunOf(pod).progress(NEVER);
}

/**
 * Returns a message without times, addresses and numbers of probes. It keeps only the decisive line of a timeline and
 * no chart, because the lines near it depend on milliseconds.
 */
function timeless(message: string): string {
  return (
    message
      .split('\n\n')
      .map((paragraph) => (/^ {2,}/.test(paragraph) ? (/^> .*$/m.exec(paragraph)?.[0] ?? '') : paragraph))
      .join('\n\n')
      .replace(/\b\d+(\.\d+){3}\b/g, 'IP')
      .replace(/\+? *\b(\d+(\.\d+)?(ms|s|m|h))+\b/g, 'TIME')
      .replace(/\b\d+(\/\d+\): | attempts)/g, 'N$1')
      // Between two pulls, the container waits with the error of the last one.
      .replace(/ImagePullBackOff\): Back-off pulling image "\S+": ErrImagePull/g, 'ErrImagePull)')
      .replace(/ +/g, ' ')
  );
}
