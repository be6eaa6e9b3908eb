import { experimentsFor, explainNotApplicable, POD_CHECKS } from '../../gate/experiments/catalog';
import type { CheckId } from '../../gate/model/checks';
import { checksOf, type Experiment } from '../../gate/model/experiment';
import type { SymptomKind } from '../../gate/model/observation';
import type { Subject } from '../../gate/model/subject';
import { NEWEST } from '../../manifest/values/apiServer';
import { CAUSES } from '../../wording/causes';
import { CHECK_TITLES, formatNotApplicable } from '../../wording/gate/checks';
import { LOOKED_FOR } from '../../wording/gate/observationFixes';
import type { WorkloadMatch } from './findWorkload';
import { formatTest, printedChecks } from './formatTest';
import type { Project } from './project';
import { formatBlock, type Lines } from './specBlocks';
import { formatImports, formatStart, type NewFile, nameOfWorkload, quote } from './specText';

/**
 * Returns the gate's checks of a pod as a spec, in the order of the gate: a test for each check that applies, and comments
 * for the others. `infoCodes` are the codes of lint findings that the gate reports but does not fail.
 */
export function formatGateSpec(found: WorkloadMatch, project: Project, infoCodes: readonly string[]): NewFile {
  const subject = toSubject(found);
  const experiments = experimentsFor(subject);
  const printed = printedChecks(experiments);
  const name = `${nameOfWorkload(found)}.gate`;
  const isTyped = project.language === 'ts';
  const tests = experiments
    .map((experiment) => formatTest(subject, experiment, isTyped))
    .flatMap((lines) => (lines.length > 0 ? ['', ...lines] : []));
  const has = (word: string) => tests.some((line) => line.includes(word));
  const lines = [
    ...formatImports(
      project,
      [...['beforeAll', 'describe'].filter((word) => has(`${word}(`)), 'expect', 'test'],
      ['runPod'],
      ['LivePod', 'TerminatedPod'].filter((type) => has(`: ${type}`)),
    ),
    '',
    `// The checks of \`jest-kubelet gate\` for ${found.workload}, as tests that you can edit. A title starts with the id of its check:`,
    `// npx ${project.framework} ${name} -t ${printed.at(-1)}. jest-kubelet/docs/gate.md explains each check.`,
    ...listObservations(experiments),
    '',
    ...formatStart(found, found.pod.spec.containers),
    '',
    ...formatManifestTests(found, infoCodes),
    ...tests,
    ...listNotApplicable(subject, experiments.flatMap(checksOf)),
    '',
  ];
  return { name: `${name}.spec.${project.language}`, text: lines.join('\n') };
}

function toSubject({ pod, backend }: WorkloadMatch): Subject {
  return {
    pod,
    backend,
    services: [],
    endpointRemovalDelay: '1s',
    kubernetesVersion: NEWEST.kubernetesVersion,
  };
}

function formatManifestTests({ file }: WorkloadMatch, infoCodes: readonly string[]): Lines {
  const except = infoCodes.length === 0 ? '' : `{ except: [${infoCodes.map(quote).join(', ')}] }`;
  return [
    ...formatBlock(`test(${quote(`valid: ${CHECK_TITLES.valid}`)}, () => {`, [
      `expect(${quote(file)}).toBeValidManifest();`,
    ]),
    '',
    ...formatBlock(`test(${quote(`lint: ${CHECK_TITLES.lint}`)}, () => {`, [
      ...(infoCodes.length === 0 ? [] : ['// These findings have severity info, so the gate reports them and passes.']),
      `expect(${quote(file)}).toHaveNoFindings(${except});`,
    ]),
  ];
}

/** Returns comments with the symptoms that the gate finds in a run and no matcher covers. */
function listObservations(experiments: readonly Experiment[]): Lines {
  const found = experiments.flatMap(({ steps }) =>
    steps.flatMap((step) =>
      'observe' in step ? step.finds.map((one) => `// - ${step.observe}: ${lookedFor(one)}`) : [],
    ),
  );
  if (found.length === 0) return [];
  return ['//', '// No matcher covers these checks. The gate reports if:', ...new Set(found)];
}

function lookedFor({ kind, cause }: SymptomKind): string {
  return cause === undefined ? LOOKED_FOR[kind] : CAUSES[cause];
}

/** Returns comments with the checks that do not apply to the pod, and the reasons. */
function listNotApplicable(subject: Subject, made: readonly CheckId[]): Lines {
  const others = POD_CHECKS.filter((id) => !made.includes(id));
  if (others.length === 0) return [];
  return [
    '',
    '// Checks that do not apply:',
    ...others.map((id) => `// - ${id}: ${formatNotApplicable(explainNotApplicable(subject, id))}`),
  ];
}
