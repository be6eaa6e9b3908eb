import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = path.join(__dirname, '..');

/** What the gate is made of. Its experiments know nothing of the runner, which knows none of them. */
const UNDER_GATE = [
  'src/pod/',
  'src/assertions/',
  'src/timeline/',
  'src/manifest/',
  'src/lint/',
  'src/report/',
  'src/timing/',
  'src/waiting/',
  'src/wording/',
  'src/runtime/runtimeError',
];

/**
 * Who may import whom. A file belongs to the longest prefix that names it, and may import what begins with one of the
 * prefixes on the right, besides its own room. The pod's clock, the escaping and masking of texts, the model of a pod and the versions of
 * Kubernetes are everybody's.
 */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  'src/clock/': [],
  'src/escaping/': [],
  'src/masking/': ['src/manifest/config/config'],
  'src/manifest/': [],
  // How long each step may take, one formula each.
  'src/timing/': ['src/manifest/facts/'],
  'src/timeline/': [],
  'src/waiting/': ['src/assertions/', 'src/timeline/', 'src/timing/'],
  'src/assertions/': ['src/timeline/', 'src/wording/'],
  'src/wording/': ['src/assertions/', 'src/timeline/', 'src/timing/'],
  // What it tells of is what was judged, and how.
  'src/report/': [
    'src/timeline/',
    'src/assertions/assertionResult',
    'src/waiting/podRun',
    'src/wording/',
    'src/manifest/values/apiServer',
    'src/manifest/facts/',
    'src/timing/',
  ],
  // The kubelet never waits, dials, logs or reads the time.
  'src/kubelet/': [
    'src/manifest/values/quantity',
    'src/manifest/values/imageReference',
    'src/timing/',
    'src/timeline/',
  ],
  'src/probes/': ['src/kubelet/state/protocol', 'src/runtime/runtimeError', 'src/manifest/values/expansion'],
  'src/runtime/': [
    'src/kubelet/state/protocol',
    'src/probes/ports',
    'src/manifest/config/config',
    'src/manifest/config/downwardAPI',
    'src/manifest/config/environment',
    'src/manifest/values/expansion',
    'src/manifest/values/imageReference',
    'src/manifest/values/podLimits',
    'src/manifest/values/quantity',
    'src/manifest/config/volumes',
    // The words for what is seen in a container, which the timeline keeps as it is.
    'src/timeline/event',
  ],
  // A script is judged as an answer from the network is, and never dials.
  'src/runtime/scripted/': [
    'src/kubelet/state/protocol',
    'src/probes/ports',
    'src/manifest/config/config',
    'src/manifest/config/downwardAPI',
    'src/manifest/config/environment',
    'src/manifest/schema/advise',
    'src/manifest/config/volumes',
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
    'src/probes/tcp/judge',
  ],
  // It asks as clients do, not as the kubelet does.
  'src/traffic/': ['src/timeline/event', 'src/probes/ports', 'src/probes/http/through'],
  'src/agent/': [
    'src/manifest/config/config',
    'src/manifest/source/toolInputs',
    'src/manifest/source/tools',
    'src/kubelet/index',
    'src/runtime/',
    'src/probes/',
    'src/traffic/',
    'src/timeline/',
  ],
  'src/agent/ipc/messages': [
    'src/agent/',
    'src/manifest/workload/backend',
    'src/manifest/config/config',
    'src/manifest/source/tools',
    'src/kubelet/index',
    'src/timeline/',
    'src/runtime/',
    'src/traffic/order',
  ],
  'src/pod/': [
    'src/agent/ipc/messages',
    'src/kubelet/index',
    'src/runtime/',
    'src/timeline/',
    'src/manifest/',
    'src/report/',
    'src/timing/',
    'src/traffic/order',
    'src/traffic/schedule',
    'src/waiting/',
    'src/wording/',
  ],
  'src/reporter/': [
    'src/report/record/outputFile',
    'src/report/record/podRecord',
    'src/report/html/document/htmlReport',
    'src/report/chart/traceEvents',
    // What it gathers has an owner, as containers have.
    'src/runtime/ownedFolder',
  ],
  'src/lint/': ['src/manifest/', 'src/timing/'],
  'src/gate/': UNDER_GATE,
  'src/gate/model/': UNDER_GATE,
  'src/gate/experiments/': ['src/gate/model/', ...UNDER_GATE],
  'src/gate/runner/': ['src/gate/model/', ...UNDER_GATE],
  'src/gate/patches/': ['src/gate/model/', 'src/gate/runner/', ...UNDER_GATE],
  'src/cli/': [
    'src/gate/',
    'src/pod/',
    'src/lint/',
    'src/manifest/',
    'src/report/',
    'src/timing/',
    'src/waiting/',
    'src/wording/',
    'src/timeline/',
    'src/runtime/runtimeError',
    'src/runtime/scripted/script',
  ],
  'src/index': ['src/'],
  'matchers/': [
    'src/assertions/',
    'src/timeline/',
    'src/timing/',
    'src/waiting/',
    'src/wording/',
    'src/report/',
    'src/manifest/',
    'src/lint/',
    'src/pod/shared/registry',
  ],
};

const EVERYBODYS = [
  'src/clock/',
  'src/escaping/',
  'src/masking/',
  'src/manifest/model',
  'src/manifest/values/kubernetesVersion',
  'src/manifest/featureGates/',
  // What differs between versions is in one table.
  'src/kubelet/behavior/',
];

test('imports nobody that no arrow leads to', () => {
  const strangers = sources().flatMap(({ file, imports }) => {
    const room = roomOf(file);
    const known = [...(room === undefined ? [] : [room, ...(ARROWS[room] ?? [])]), ...EVERYBODYS];
    return imports.filter((to) => !known.some((prefix) => `${to}/`.startsWith(prefix))).map((to) => `${file} → ${to}`);
  });
  expect(strangers).toEqual([]);
});

test('keeps input and output out of the kubelet', () => {
  const foreign = sources().filter(({ file }) => file.startsWith('src/kubelet/'));
  const packages = foreign.flatMap(({ file, packages }) => packages.map((name) => `${file} → ${name}`));
  expect(packages).toEqual(['src/kubelet/status/publish.ts → node:util']);
});

function sources() {
  return ['src', 'matchers'].flatMap((root) =>
    readdirSync(path.join(ROOT, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => {
        const file = path.posix.join(root, name);
        const text = readFileSync(path.join(ROOT, file), 'utf8');
        const all = [...text.matchAll(/(?:from|import) '([^']+)'/g)].map(([, to = '']) => to);
        const imports = all
          .filter((to) => to.startsWith('.'))
          .map((to) => path.posix.normalize(path.posix.join(path.posix.dirname(file), to)))
          .map((to) => (to.split('/').length === 2 && to !== 'src/index' ? `${to}/index` : to));
        return { file, imports, packages: all.filter((to) => !to.startsWith('.')) };
      }),
  );
}

function roomOf(file: string): string | undefined {
  return Object.keys(ARROWS)
    .filter((prefix) => file.startsWith(prefix))
    .sort((a, b) => b.length - a.length)[0];
}
