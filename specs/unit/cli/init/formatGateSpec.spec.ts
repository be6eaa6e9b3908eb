import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { loadWorkloads } from '../../../../src/cli/init/findWorkload';
import { formatGateSpec } from '../../../../src/cli/init/formatGateSpec';
import { printedChecks } from '../../../../src/cli/init/formatTest';
import type { Project } from '../../../../src/cli/init/project';
import { experimentsFor } from '../../../../src/gate/experiments/catalog';
import { checksOf } from '../../../../src/gate/model/experiment';
import { cli } from '../cli';

const EXAMPLES = path.join(__dirname, '../../../../examples');
const JS: Project = { framework: 'jest', language: 'js', transform: undefined, isModule: false, config: undefined };
const VITEST: Project = { ...JS, framework: 'vitest', language: 'ts' };

const EVERYTHING = path.join(__dirname, '../everything.yaml');

function write(file: string, project = JS, remarks: readonly string[] = []) {
  const [found] = loadWorkloads('', path.relative('', file));
  if (!found) throw new Error(`there is no workload in ${file}`);
  return { found, ...formatGateSpec(found, project, remarks) };
}

/** Returns the titles of the tests in a file. */
const titlesIn = (text: string) => [...text.matchAll(/^ *test\('((?:[^'\\]|\\.)*)'/gm)].map(([, title]) => title);

test('prints a test for each check of the gate in the order of the gate', () => {
  const { name, text } = write(EVERYTHING);
  expect(name).toBe('shop.gate.spec.js');
  expect(text).toMatchSnapshot();
});

test('prints the imports of TypeScript and Vitest projects', () => {
  const { text } = write(EVERYTHING, VITEST);
  expect(text.split('\n').slice(0, 3)).toEqual([
    "import { type LivePod, type TerminatedPod, runPod } from 'jest-kubelet';",
    "import { beforeAll, describe, expect, test } from 'vitest';",
    "import 'jest-kubelet/vitest';",
  ]);
  expect(text).toContain('  let pod: LivePod;\n');
  expect(text).toContain('    let gone: TerminatedPod<LivePod>;\n');
});

test('prints the checks valid, lint and restart-policy for a Job', () => {
  const { code, stdout } = cli(['init', '--gate', 'specs/unit/cli/job.yaml']);
  expect(code).toBe(0);
  expect(stdout.replace(/\n\nAdd this line[\s\S]*/, '')).toBe(`\
migrate.gate.spec.ts:

  import { expect, test } from '@jest/globals';
  import { runPod } from 'jest-kubelet';
  import 'jest-kubelet/jest-globals';

  // The checks of \`jest-kubelet gate\` for Job/migrate, as tests that you can edit. A title starts with the id of its check:
  // npx jest migrate.gate -t restart-policy. jest-kubelet/docs/gate.md explains each check.

  // The image to test, usually the one that you just built.
  const start = () => runPod('specs/unit/cli/job.yaml', { images: { migrate: 'shop/migrate:1' } });

  test('valid: Kubernetes accepts the manifest', () => {
    expect('specs/unit/cli/job.yaml').toBeValidManifest();
  });

  test('lint: lint finds nothing wrong in the manifest', () => {
    expect('specs/unit/cli/job.yaml').toHaveNoFindings();
  });

  test('restart-policy: containers exit only if the restartPolicy expects it', async () => {
    const pod = await start();
    await expect(pod).toReachPhase('Succeeded');
  });

  // Checks that do not apply:
  // - ready-in-budget: a pod with restartPolicy Never is expected to complete
  // - stays-ready: a pod with restartPolicy Never is expected to complete
  // - probes-run: a pod with restartPolicy Never is expected to complete
  // - init-order: a pod with restartPolicy Never is expected to complete
  // - startup-gates: a pod with restartPolicy Never is expected to complete
  // - hooks-run: a pod with restartPolicy Never is expected to complete
  // - liveness-detects-hang: a pod with restartPolicy Never is expected to complete
  // - liveness-detects-crash: a pod with restartPolicy Never is expected to complete
  // - readiness-leaves-endpoints: a pod with restartPolicy Never is expected to complete
  // - recovers: a pod with restartPolicy Never is expected to complete
  // - probe-independence: a pod with restartPolicy Never is expected to complete
  // - serves-clients: a pod with restartPolicy Never is expected to complete
  // - memory: a pod with restartPolicy Never is expected to complete
  // - reaps-processes: a pod with restartPolicy Never is expected to complete
  // - terminates-in-grace: a pod with restartPolicy Never is expected to complete
  // - drains: a pod with restartPolicy Never is expected to complete`);
});

test('excludes lint findings that only warn in the gate', () => {
  const { stdout } = cli(['init', '--gate', 'examples/kubia/pod.yaml']);
  expect(stdout).toContain("toHaveNoFindings({ except: ['liveness-without-startup'] });");
});

const MANIFESTS = [
  EVERYTHING,
  ...readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.join(EXAMPLES, name))
    .filter((file) => /^kind: (Pod|Deployment|Job)$/m.test(readFileSync(file, 'utf8'))),
];

test.each(MANIFESTS)('prints a test or a comment for each check that the gate runs on %s', (file) => {
  const { found, text } = write(file);
  const experiments = experimentsFor({
    pod: found.pod,
    backend: found.backend,
    services: [],
    endpointRemovalDelay: '1s',
    kubernetesVersion: '1.36',
  });
  const made = experiments.flatMap(checksOf);
  const printed = new Set(printedChecks(experiments));
  const asked = new Set(titlesIn(text).map((title) => title?.replace(/:.*/, '')));
  expect([...asked].sort()).toEqual(['lint', 'valid', ...printed].sort());
  const [header = '', ...rest] = text.split('\n\n// The image');
  const commented = [...header.matchAll(/^\/\/ - ([a-z-]+): ./gm)].map(([, id]) => id);
  expect(new Set([...printed, ...commented])).toEqual(new Set(made));
  expect(rest).toHaveLength(1);
});
