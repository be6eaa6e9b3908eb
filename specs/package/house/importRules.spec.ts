import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const SCRIPT = path.join(__dirname, '../../../scripts/house.mjs');

/** The paths that a folder may import besides itself. A path stands for all files whose path begins with it. */
interface Rule {
  readonly imports: readonly string[];
  /** The paths from which it may import only types. */
  readonly types?: readonly string[];
}

/** The folders that run pods, on which the gate is built. */
const UNDER_GATE = [
  'src/manifest/',
  'src/pod/',
  'src/waiting/',
  'src/assertions/',
  'src/lint/',
  'src/report/',
  'src/wording/',
  'src/timing/',
  'src/timeline/',
];

/** Values from a manifest that are needed to run its containers. */
const MANIFEST_VALUES = ['src/manifest/config/', 'src/manifest/values/'];

/**
 * The imports that each folder may have, from folders without imports to folders that no other folder imports. The
 * longest path that matches a file is its rule.
 */
const RULES: Readonly<Record<string, Rule>> = {
  'src/clock/': { imports: [] },
  'src/escaping/': { imports: [] },
  'src/masking/': { imports: [], types: ['src/manifest/config/config'] },
  'src/manifest/': { imports: [] },
  'src/timeline/': { imports: [] },
  'src/timing/': { imports: ['src/manifest/facts/'] },
  'src/lint/': { imports: ['src/manifest/', 'src/timing/', 'src/wording/'] },
  // It never waits, dials, logs or reads the time.
  'src/kubelet/': {
    imports: ['src/manifest/values/', 'src/timing/', 'src/timeline/condition'],
    types: ['src/timeline/'],
  },
  // They return facts without words.
  'src/assertions/': { imports: ['src/timeline/'], types: ['src/timing/phase'] },
  'src/waiting/': { imports: ['src/assertions/', 'src/timeline/', 'src/timing/'] },
  'src/wording/': { imports: [], types: ['src/assertions/', 'src/timeline/', 'src/timing/'] },
  // The ids show whether a table of words is complete.
  'src/wording/gate/': {
    imports: ['src/wording/'],
    types: ['src/gate/model/checks', 'src/gate/model/fault', 'src/assertions/', 'src/timeline/', 'src/timing/'],
  },
  'src/probes/': {
    imports: ['src/manifest/values/expansion'],
    types: ['src/kubelet/state/protocol', 'src/timeline/causes'],
  },
  'src/runtime/': {
    imports: MANIFEST_VALUES,
    types: ['src/kubelet/state/protocol', 'src/probes/ports', 'src/timeline/causes', 'src/timeline/event'],
  },
  // A script is evaluated like a response from the network, and never connects.
  'src/runtime/scripted/': {
    imports: [
      ...MANIFEST_VALUES,
      'src/manifest/schema/advise',
      'src/runtime/',
      'src/probes/attempt',
      'src/probes/exec/judge',
      'src/probes/exec/result',
      'src/probes/grpc/judge',
      'src/probes/hook/',
      'src/probes/http/judge',
      'src/probes/http/redirect',
      'src/probes/http/request',
      'src/probes/http/transportError',
      'src/probes/http/url',
      'src/probes/netError',
      'src/probes/ports',
      'src/probes/tcp/judge',
    ],
    types: ['src/kubelet/state/protocol', 'src/timeline/causes'],
  },
  // It sends requests like clients, not like the kubelet.
  'src/traffic/': { imports: ['src/probes/http/through'], types: ['src/probes/ports', 'src/timeline/event'] },
  'src/report/': {
    imports: ['src/manifest/facts/', 'src/manifest/values/', 'src/timeline/', 'src/timing/', 'src/wording/'],
    types: ['src/assertions/', 'src/waiting/'],
  },
  'src/agent/': {
    imports: [
      'src/manifest/source/',
      'src/kubelet/index',
      'src/runtime/',
      'src/probes/',
      'src/traffic/',
      'src/timeline/',
    ],
    types: ['src/manifest/config/', 'src/manifest/workload/'],
  },
  // Both sides of the connection read it, and one of them is the test of the user.
  'src/agent/ipc/': {
    imports: ['src/runtime/logLine'],
    types: ['src/manifest/', 'src/kubelet/index', 'src/runtime/', 'src/timeline/', 'src/traffic/order'],
  },
  'src/reporter/': { imports: ['src/report/', 'src/runtime/ownedFolder'] },
  'src/pod/': {
    imports: [
      'src/manifest/',
      'src/agent/ipc/',
      'src/kubelet/index',
      'src/runtime/',
      'src/report/',
      'src/waiting/',
      'src/traffic/order',
      'src/traffic/schedule',
      'src/timing/',
      'src/wording/',
      'src/timeline/',
    ],
  },
  'src/gate/': { imports: UNDER_GATE },
  'matchers/': {
    imports: [
      'src/manifest/error',
      'src/waiting/',
      'src/assertions/',
      'src/wording/',
      'src/report/',
      'src/timing/',
      'src/lint/',
      'src/timeline/',
      'src/pod/shared/registry',
    ],
  },
  'src/cli/': {
    imports: [
      'src/manifest/',
      'src/gate/',
      'src/pod/',
      'src/lint/',
      'src/report/',
      'src/wording/',
      'src/timing/',
      'src/timeline/',
    ],
    types: ['src/runtime/scripted/script', 'src/waiting/'],
  },
  'src/index': { imports: ['src/'] },
};

/** Every folder may import them: the clock, the form of texts, the model of a pod, and how versions differ. */
const EVERYBODYS = [
  'src/clock/',
  'src/escaping/',
  'src/masking/',
  'src/wording/durations',
  'src/wording/list',
  'src/manifest/model',
  'src/manifest/values/kubernetesVersion',
  'src/manifest/featureGates/',
  'src/kubelet/behavior/',
  'src/runtime/runtimeError',
];

/** The order of subfolders. Each imports neither its own level nor the levels after it. */
const ORDERS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'src/manifest': [['values'], ['facts', 'schema', 'source', 'validation']],
  'src/lint': [['container', 'probes']],
  'src/kubelet': [
    ['behavior'],
    ['state'],
    ['effects'],
    ['container'],
    ['status'],
    ['prober', 'lifecycle', 'images', 'scheduler'],
    ['kuberuntime'],
    ['podWorkers'],
  ],
  'src/assertions': [['status'], ['events', 'restarts', 'traffic'], ['endings']],
  'src/probes': [['http', 'tcp', 'grpc', 'exec'], ['hook']],
  'src/runtime': [['docker', 'scripted']],
  'src/runtime/docker': [
    ['engine'],
    ['cpu', 'images', 'inside', 'programs'],
    ['processes'],
    ['containers'],
    ['volumes'],
    ['output'],
    ['helper'],
    ['services'],
    ['sandbox'],
  ],
  'src/report': [['kubectl', 'drawing'], ['summary', 'record'], ['incident', 'chart'], ['html']],
  'src/report/html': [['draw'], ['document', 'client']],
  'src/agent': [['ipc'], ['overload'], ['driver'], ['pod'], ['process']],
  'src/pod': [['shared'], ['live', 'simulated']],
  // Experiments do not know the runner, and the runner does not know experiments.
  'src/gate': [['model'], ['experiments', 'runner'], ['patches', 'formats']],
  matchers: [['kernel'], ['becomes', 'stays', 'is', 'traffic', 'manifest', 'value']],
  'matchers/kernel': [['call', 'framework'], ['wait']],
  'src/cli': [['explain', 'gate', 'init', 'lint', 'run']],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isValue: boolean;
}

const { imports, packages, cycles } = JSON.parse(
  execFileSync(process.execPath, [SCRIPT, '--imports'], { encoding: 'utf8', maxBuffer: 2 ** 26 }),
) as {
  readonly imports: readonly Import[];
  readonly packages: readonly { readonly from: string; readonly name: string }[];
  readonly cycles: readonly (readonly string[])[];
};

const describeImport = ({ from, to, isValue }: Import) => `${from} → ${to}${isValue ? '' : ' (type)'}`;

test('allows each import by a rule', () => {
  expect(imports.length).toBeGreaterThan(2_000);
  expect(imports.filter((each) => !isAllowed(each)).map(describeImport)).toEqual([]);
});

test('keeps the order of subfolders', () => {
  expect(imports.filter(isAgainstOrder).map(describeImport)).toEqual([]);
});

test('has no circular import, neither of values nor of types', () => {
  expect(cycles).toEqual([]);
});

test('gives the whole pod state only to the sync loop and the pod workers', () => {
  const whole = imports.filter(
    ({ from, to }) => from.startsWith('src/kubelet/') && to === 'src/kubelet/state/podState.ts',
  );
  expect(new Set(whole.map(({ from }) => subfolderOf(from, 'src/kubelet')))).toEqual(
    new Set(['podWorkers', undefined]),
  );
});

test('keeps input and output out of the kubelet', () => {
  const inKubelet = packages.filter(({ from }) => from.startsWith('src/kubelet/'));
  expect(inKubelet).toEqual([{ from: 'src/kubelet/status/publish.ts', name: 'node:util' }]);
});

function isAllowed({ from, to, isValue }: Import): boolean {
  const room = roomOf(from);
  if (room === undefined) return false;
  const { imports: values, types = [] } = RULES[room] ?? { imports: [] };
  return [room, ...EVERYBODYS, ...values, ...(isValue ? [] : types)].some((prefix) => to.startsWith(prefix));
}

function roomOf(file: string): string | undefined {
  return Object.keys(RULES)
    .filter((prefix) => file.startsWith(prefix))
    .sort((a, b) => b.length - a.length)[0];
}

function isAgainstOrder({ from, to }: Import): boolean {
  return Object.entries(ORDERS).some(([folder, levels]) => {
    const [own, other] = [from, to].map((file) => subfolderOf(file, folder));
    if (own === undefined || other === undefined || own === other) return false;
    const [level, target] = [own, other].map((name) => levels.findIndex((names) => names.includes(name)));
    return level !== undefined && target !== undefined && level >= 0 && target >= 0 && target >= level;
  });
}

/**
 * Returns `prober` for `src/kubelet/prober/worker.ts` in `src/kubelet`, or undefined for a file outside of its
 * subfolders.
 */
function subfolderOf(file: string, folder: string): string | undefined {
  if (!file.startsWith(`${folder}/`)) return undefined;
  const [name, ...rest] = file.slice(folder.length + 1).split('/');
  return rest.length > 0 ? name : undefined;
}
