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
import { block, type Lines } from './specBlocks';
import { imports, type NewFile, quoted, start, workloadName } from './specText';

/**
 * The gate's checks of a pod as a spec of its own team's: what the gate would do to it, in the same order, a test for each
 * check that applies, what no matcher covers, and why other checks do not apply. `remarks` are the codes of what lint finds and the gate only mentions.
 */
export function gateSpec(found: WorkloadMatch, project: Project, remarks: readonly string[]): NewFile {
  const subject = subjectOf(found);
  const experiments = experimentsFor(subject);
  const printed = printedChecks(experiments);
  const name = `${workloadName(found)}.gate`;
  const isTyped = project.language === 'ts';
  const tests = experiments
    .map((experiment) => formatTest(subject, experiment, isTyped))
    .flatMap((lines) => (lines.length > 0 ? ['', ...lines] : []));
  const has = (word: string) => tests.some((line) => line.includes(word));
  const lines = [
    ...imports(
      project,
      [...['beforeAll', 'describe'].filter((word) => has(`${word}(`)), 'expect', 'test'],
      ['runPod'],
      ['LivePod', 'TerminatedPod'].filter((type) => has(`: ${type}`)),
    ),
    '',
    `// What \`jest-kubelet gate\` asks of ${found.workload}, yours to change. A title begins with the id of its check, as in`,
    `// npx ${project.framework} ${name} -t ${printed.at(-1)}; jest-kubelet/docs/gate.md says more of each.`,
    ...onlyObserved(experiments),
    '',
    ...start(found, found.pod.spec.containers),
    '',
    ...ofManifest(found, remarks),
    ...tests,
    ...notAsked(subject, experiments.flatMap(checksOf)),
    '',
  ];
  return { name: `${name}.spec.${project.language}`, text: lines.join('\n') };
}

function subjectOf({ pod, backend }: WorkloadMatch): Subject {
  return {
    pod,
    backend,
    services: [],
    endpointRemovalDelay: '1s',
    kubernetesVersion: NEWEST.kubernetesVersion,
  };
}

function ofManifest({ file }: WorkloadMatch, remarks: readonly string[]): Lines {
  const except = remarks.length === 0 ? '' : `{ except: [${remarks.map(quoted).join(', ')}] }`;
  return [
    ...block(`test(${quoted(`valid: ${CHECK_TITLES.valid}`)}, () => {`, [
      `expect(${quoted(file)}).toBeValidManifest();`,
    ]),
    '',
    ...block(`test(${quoted(`lint: ${CHECK_TITLES.lint}`)}, () => {`, [
      ...(remarks.length === 0 ? [] : ['// What is excepted is only worth knowing: the gate mentions it, and passes.']),
      `expect(${quoted(file)}).toHaveNoFindings(${except});`,
    ]),
  ];
}

/** What the gate finds in a run and no matcher covers, by check. */
function onlyObserved(experiments: readonly Experiment[]): Lines {
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

/** The checks that do not apply to the pod, and the gate's reasons. */
function notAsked(subject: Subject, made: readonly CheckId[]): Lines {
  const others = POD_CHECKS.filter((id) => !made.includes(id));
  if (others.length === 0) return [];
  return [
    '',
    '// Not asked of it:',
    ...others.map((id) => `// - ${id}: ${formatNotApplicable(explainNotApplicable(subject, id))}`),
  ];
}
