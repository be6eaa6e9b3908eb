import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CheckId } from '../../../src/gate/model/checks';

const read = (name: string) => readFileSync(path.join(__dirname, `${name}.yaml`), 'utf8');

const SHOP = read('shop');
const WITH_NEIGHBOUR =
  SHOP +
  read('neighbour')
    .replace(/^#.*\n/, '')
    .replace(/^/gm, ' '.repeat(8))
    .trimEnd();
const JOB = read('job');

/** Something that is put to the gate. */
export interface Case {
  readonly name: string;
  readonly manifest: string;
  /** True if it sends requests to a service named `db`. */
  readonly hasService?: boolean;
  /** The checks that must fail, or an empty list for a base without a fault. */
  readonly caughtBy: readonly CheckId[];
}

/** Workloads into which faults are planted. The gate passes each of them. */
export const BASES: readonly Case[] = [
  { name: 'the service', manifest: SHOP, caughtBy: [] },
  { name: 'the service beside a neighbour', manifest: WITH_NEIGHBOUR, caughtBy: [] },
  { name: 'the service with a database', manifest: SHOP, hasService: true, caughtBy: [] },
  { name: 'the job', manifest: JOB, caughtBy: [] },
];

const HOOK = '["true"]';
const LIVENESS = /(livenessProbe:\n +httpGet:\n +path: )\/livez/;

/** Workloads with one fault each. If lint detects the fault without a pod, `lint` is among its checks. */
export const FAULTS: readonly Case[] = [
  {
    name: 'it hangs soon after its start',
    manifest: inApp(
      'server.listen(Number(PORT));',
      'server.listen(Number(PORT));\n    setTimeout(() => { for (;;); }, 3_000);',
    ),
    caughtBy: ['stays-ready'],
  },
  {
    name: 'it crashes soon after its start',
    manifest: inApp(
      'server.listen(Number(PORT));',
      'server.listen(Number(PORT));\n    setTimeout(() => process.exit(1), 3_000);',
    ),
    caughtBy: ['stays-ready'],
  },
  {
    name: 'it starts more slowly than its startupProbe allows',
    manifest: inApp('server.listen(Number(PORT));', 'setTimeout(() => server.listen(Number(PORT)), 7_000);'),
    caughtBy: ['ready-in-budget'],
  },
  {
    name: 'its startupProbe requests a path that does not exist',
    manifest: plant(SHOP, /(startupProbe:\n +httpGet:\n +path: )\/livez/, '$1/healthz'),
    caughtBy: ['ready-in-budget'],
  },
  {
    name: 'its readinessProbe names a port that does not exist',
    manifest: plant(SHOP, /(path: \/readyz\n +port: )http/, '$1htpp'),
    caughtBy: ['lint', 'ready-in-budget'],
  },
  {
    name: 'its readinessProbe never fails: tcpSocket',
    manifest: plant(SHOP, /(readinessProbe:\n +)httpGet:\n +path: \/readyz/, '$1tcpSocket:'),
    caughtBy: ['readiness-leaves-endpoints'],
  },
  {
    name: 'its livenessProbe detects no hang: tcpSocket',
    manifest: plant(SHOP, /(livenessProbe:\n +)httpGet:\n +path: \/livez/, '$1tcpSocket:'),
    caughtBy: ['lint', 'liveness-detects-hang'],
  },
  {
    name: 'it responds more slowly than its livenessProbe allows',
    manifest: plant(
      inApp("case '/':", "case '/slow':\n          return setTimeout(end, 1_500, 200);\n        case '/':"),
      LIVENESS,
      '$1/slow',
    ),
    caughtBy: ['stays-ready'],
  },
  {
    name: 'a shell is PID 1, and ignores SIGTERM',
    manifest: plant(SHOP, '[node, /app/app.mjs]', "[sh, -c, 'node /app/app.mjs; echo gone']"),
    caughtBy: ['lint', 'terminates-in-grace'],
  },
  {
    name: 'its preStop takes longer than the grace period',
    manifest: plant(SHOP, HOOK, "[sleep, '8']"),
    caughtBy: ['lint', 'terminates-in-grace'],
  },
  {
    name: 'its preStop fails',
    manifest: plant(SHOP, HOOK, "['false']"),
    caughtBy: ['hooks-run'],
  },
  {
    name: 'its livenessProbe depends on another container',
    manifest: dependingOn(WITH_NEIGHBOUR, 'http://localhost:9090/livez'),
    caughtBy: ['probe-independence'],
  },
  {
    name: 'its livenessProbe depends on a dependency that hangs',
    manifest: dependingOn(SHOP, 'http://db:8080/livez'),
    hasService: true,
    caughtBy: ['probe-independence'],
  },
  {
    name: 'it drops requests when it is deleted',
    manifest: plant(
      inApp('setTimeout(() => server.close(), 1_500)', 'process.exit(0)'),
      / +lifecycle:\n( {12}.*\n)+/,
      '',
    ),
    caughtBy: ['drains'],
  },
  {
    name: 'it is a job under restartPolicy Always',
    manifest: plant(
      JOB,
      /^apiVersion: batch[\s\S]*?template:\n {4}spec:\n {6}restartPolicy: Never\n/m,
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: report\nspec:\n',
    ).replaceAll(/^ {6}/gm, '  '),
    caughtBy: ['restart-policy'],
  },
  {
    name: 'its memory limit is too small',
    manifest: plant(
      inApp('let isStopping = false;', 'let isStopping = false;\n    const cache = Buffer.alloc(120 * 1_048_576, 1);'),
      'memory: 256Mi',
      'memory: 96Mi',
    ),
    caughtBy: ['ready-in-budget'],
  },
];

/**
 * Returns the manifest with the fault, and throws if it lacks the text to replace. Otherwise no check would detect
 * anything.
 */
function plant(manifest: string, good: string | RegExp, bad: string): string {
  const result = manifest.replace(good, bad);
  if (result === manifest) throw new Error(`the base does not contain ${good}`);
  return result;
}

function inApp(good: string, bad: string): string {
  return plant(SHOP, good, bad);
}

function dependingOn(manifest: string, url: string): string {
  const deep = plant(manifest, LIVENESS, '$1/deep');
  return plant(
    deep,
    /( +)ports:\n( +- name: http\n)/,
    `$1env:\n$1  - name: DEPENDS_ON\n$1    value: ${url}\n$1ports:\n$2`,
  );
}
