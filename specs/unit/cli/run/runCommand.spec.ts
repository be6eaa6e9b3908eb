import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import type { HeldPod, PodStarter } from '../../../../src/cli/run/heldPod';
import { type RunCommandOptions, runCommand } from '../../../../src/cli/run/runCommand';
import type { SimulatedPod } from '../../../../src/pod/simulated/simulatedPod';
import { simulatePod } from '../../../../src/pod/simulated/simulatePod';
import { RuntimeError } from '../../../../src/runtime/runtimeError';
import type { AppScript } from '../../../../src/runtime/scripted/script';
import { cli } from '../cli';

const WEB = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  terminationGracePeriodSeconds: 5
  containers:
  - name: web
    image: web:1
    livenessProbe: {httpGet: {port: 8080}, periodSeconds: 1, failureThreshold: 2}
    lifecycle: {preStop: {sleep: {seconds: 2}}}
  - {name: proxy, image: 'proxy:1'}
`;
const SERVES: AppScript = {
  web: [{ at: '0s', stdout: 'listening', http: { 8080: { '/': 200 } } }],
  proxy: [{ at: '1s', stdout: 'passes on' }],
};
const JOB = `apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: 'migrate:1'}]}}}
`;

/** Actions by the second of the pod's clock: presses a key or Ctrl-C, or closes the reader of the output. */
const CLOSES = 'closes the output';
type Acts = Readonly<Record<number, readonly string[]>>;

interface Trial extends Partial<RunCommandOptions> {
  readonly manifest?: string;
  readonly app?: AppScript;
  readonly acts?: Acts;
  readonly broken?: Error;
}

/** Runs the command on a simulated pod, and returns its output and its calls. */
async function run({ manifest = WEB, app = SERVES, acts = {}, broken, ...options }: Trial) {
  const out: string[] = [];
  const err: string[] = [];
  const did: string[] = [];
  let press: ((key: string) => void) | undefined;
  let interrupt: (() => void) | undefined;
  let close: (() => void) | undefined;
  const act = (what: string) => {
    if (what === 'Ctrl-C') interrupt?.();
    else if (what === CLOSES) close?.();
    else press?.(what);
  };
  const stand: PodStarter = {
    async start({ name, read, images }) {
      did.push(`starts ${name} of ${read.name} with ${JSON.stringify(images)}`);
      return held(simulatePod(manifest, app), { acts, act, did, broken });
    },
    close: () => void did.push('closes'),
  };
  const console = {
    in: Readable.from([manifest]),
    out: (line: string) => void out.push(line),
    data: (text: string) => void out.push(text),
    err: (line: string) => void err.push(line),
    onInterrupt(listener: () => void) {
      interrupt = listener;
      return () => void did.push('hears no Ctrl-C');
    },
    onOutputLost(listener: () => void) {
      close = listener;
      return () => {
        close = undefined;
      };
    },
    ...(Object.values(acts)
      .flat()
      .some((what) => what !== 'Ctrl-C' && what !== CLOSES) && {
      onKey(listener: (key: string) => void) {
        press = listener;
        return () => void did.push('hears no key');
      },
    }),
  };
  const ended = runCommand({ file: ['-'], ...options }, console, stand);
  const code = await ended.catch((error: Error) => error);
  return { code, out, err, did };
}

interface Around {
  readonly acts: Acts;
  readonly act: (what: string) => void;
  readonly did: string[];
  readonly broken: Error | undefined;
}

const SECOND_MS = 1_000;

/** Wraps a simulated pod whose clock moves by one second at a time, and performs the actions of each second. */
function held(pod: SimulatedPod, { acts, act, did, broken }: Around): HeldPod {
  return {
    pod: pod.pod,
    timeline: pod.timeline,
    broken,
    get status() {
      return pod.status;
    },
    get ended() {
      return pod.ended;
    },
    async progress() {
      // Gives other waiters a turn.
      await new Promise(setImmediate);
      pod.advance('1s');
      for (const what of acts[Math.floor(pod.timeline.now / SECOND_MS)] ?? []) act(what);
    },
    container: (name) => pod.container(name),
    delete: () => pod.delete(),
    async remove() {
      did.push('removes the pod');
    },
  };
}

const DELETED = 'deleting the pod. Press Ctrl-C again to remove it immediately';
const KEYS =
  'keys for web: k kill, f freeze, t thaw, tab next container, ? help. ' +
  'Ctrl-C deletes the pod, a second Ctrl-C removes it immediately';

test('prints the rows of kubectl get pod -w, and deletes the pod after Ctrl-C', async () => {
  expect(await run({ acts: { 5: ['Ctrl-C'] } })).toEqual({
    code: 0,
    out: [
      'NAME   READY   STATUS              RESTARTS      AGE',
      'web    0/2     Pending             0             0s',
      '# +0.0s you: run (pod/web)',
      'web    0/2     ContainerCreating   0             0s',
      'web    2/2     Running             0             0s',
      '# +5.0s you: delete (pod/web)',
      'web    2/2     Terminating         0             5s',
      'web    0/2     Error               0             7s',
    ],
    err: [DELETED],
    did: ['starts Pod/web of <stdin> with {}', 'hears no Ctrl-C', 'removes the pod', 'closes'],
  });
});

test('removes the pod immediately after a second Ctrl-C', async () => {
  const { code, out, did } = await run({ acts: { 5: ['Ctrl-C', 'Ctrl-C'] } });
  expect(code).toBe(0);
  expect(out.at(-1)).toBe('web    2/2     Running             0             0s');
  expect(did.slice(1, 3)).toEqual(['removes the pod', 'hears no Ctrl-C']);
});

test('removes the pod immediately if its output is closed', async () => {
  const { code, out, err, did } = await run({ acts: { 5: [CLOSES] } });
  expect([code, err]).toEqual([0, []]);
  expect(out.at(-1)).toBe('web    2/2     Running             0             0s');
  expect(did).toEqual([
    'starts Pod/web of <stdin> with {}',
    'removes the pod',
    'hears no Ctrl-C',
    'removes the pod',
    'closes',
  ]);
});

test('prints events and container logs with --events and --logs', async () => {
  const { out } = await run({ events: true, logs: true, acts: { 3: ['f'], 9: ['Ctrl-C'] } });
  const told = (text: string) => out.findIndex((line) => line.includes(text));
  expect(out).toContain('[pod/web/web] listening');
  expect(out).toContain('[pod/web/proxy] passes on');
  const life = [
    'AT        TYPE      REASON      OBJECT    MESSAGE',
    'Container started',
    '# +3.0s you: freeze in web (pod/web)',
    'Warning   Unhealthy   pod/web   Liveness probe failed',
    'Container web failed liveness probe, will be restarted',
    '# +9.0s you: delete',
    'Stopping container web',
  ].map(told);
  expect(life).toEqual(life.toSorted((a, b) => a - b));
  expect(life).not.toContain(-1);
});

test('runs the action of a key on the container that tab selects, and prints help', async () => {
  const { out, err, did } = await run({
    acts: { 1: ['x', 'k'], 3: ['f', 't'], 5: ['tab', 'k'], 7: ['tab', '?', 'Ctrl-C'] },
  });
  expect(out.filter((line) => line.startsWith('#'))).toEqual([
    '# +0.0s you: run (pod/web)',
    '# +1.0s you: kill in web: SIGKILL (pod/web)',
    '# +3.0s you: freeze in web (pod/web)',
    '# +3.0s you: thaw in web (pod/web)',
    '# +5.0s you: kill in proxy: SIGKILL (pod/web)',
    '# +7.0s you: delete (pod/web)',
  ]);
  expect(err).toEqual([KEYS, 'keys now apply to proxy', 'keys now apply to web', KEYS, DELETED]);
  expect(did).toContain('hears no key');
});

test('prints why an action of a key failed, and keeps the pod running', async () => {
  const app = { migrate: [{ at: '3s', exit: 1 }] };
  const { code, err } = await run({
    manifest: JOB.replace('Never', 'OnFailure'),
    app,
    acts: { 13: ['f'], 15: ['Ctrl-C'] },
  });
  expect(code).toBe(0);
  expect(err[1]).toMatch(/^cannot freeze migrate: container migrate: is not running/);
});

test('prints only the Pod as JSON with -o json after Ctrl-C', async () => {
  const { code, out, err } = await run({ output: 'json', acts: { 5: ['Ctrl-C'] } });
  const pod = JSON.parse(out.join('\n'));
  expect(pod).toMatchObject({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      terminationGracePeriodSeconds: 5,
      restartPolicy: 'Always',
      containers: [{ name: 'web' }, { name: 'proxy' }],
    },
    status: { phase: 'Running', startTime: '2025-01-01T00:00:00Z' },
  });
  expect(Object.keys(pod.spec)).not.toContain('initContainers');
  expect(err).toContain('web    2/2     Running             0             0s');
  expect(code).toBe(0);
});

test.each([
  ['succeeds', 0, 0, 'Succeeded', []],
  ['fails', 1, 1, 'Failed', ['phase Failed']],
] as const)('ends when the pod %s', async (_, exit, ends, phase, reasons) => {
  const { code, out, err } = await run({ manifest: JOB, app: { migrate: [{ at: '3s', exit }] }, output: 'json' });
  expect(code).toBe(ends);
  expect(JSON.parse(out.join('\n')).status.phase).toBe(phase);
  for (const reason of reasons) expect(err.at(-1)).toMatch(`did not succeed: ${reason}`);
});

test('throws the error that aborted the run, and removes the pod', async () => {
  const broken = new RuntimeError('the engine', 'is gone');
  const { code, did } = await run({ broken });
  expect(code).toBe(broken);
  expect(did.slice(1)).toEqual(['hears no Ctrl-C', 'removes the pod', 'closes']);
});

test('runs one workload of several, with the images of its containers', async () => {
  const two = `${WEB}---\n${JOB}`;
  const images = { image: ['web=web:dev'], acts: { 1: ['Ctrl-C'] } };
  const { did } = await run({ manifest: two, workload: 'pod/web', ...images });
  expect(did[0]).toBe('starts Pod/web of <stdin> with {"web":"web:dev"}');
  const { code } = await run({ manifest: two });
  expect(String(code)).toBe(
    'UsageError: the manifest has 2 workloads: Pod/web, Job/migrate. Choose one with --workload',
  );
});

test.each([
  [['run'], 'no manifest. Pass a FILE, or - for stdin'],
  [['run', '-', '--image', 'web'], '--image must be NAME=VALUE such as web=checkout:dev, received "web"'],
  [['run', '-', '--workload', 'Pod/wbe'], 'Did you mean "Pod/web"?'],
  [['run', '-', '--output', 'yaml'], 'Allowed choices are json'],
  [['run', 'none.yaml'], 'none.yaml'],
])('%j exits with 2 and one line', (args, why) => {
  const { code, stdout, stderr } = cli(args, WEB);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(why);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
