import pluralize from 'pluralize';
import { jsonText } from '../../escaping/json';
import { describeFinding } from '../../lint/finding';
import { type LintReport, lintSource } from '../../lint/lint';
import { secretsIn } from '../../manifest/config/configObjects';
import { describeProblem } from '../../manifest/error';
import { type Hide, hiderOf } from '../../masking/masker';
import { hideIn } from '../../timeline/hideIn';
import { formatList } from '../../wording/list';
import type { Console } from '../console';
import { BAD_INPUT, type ExitCode, FOUND, OK } from '../exitCode';
import { readInputs } from '../inputs';

export interface LintCommandOptions {
  readonly file: readonly string[];
  readonly format: 'text' | 'json';
  readonly kubernetesVersion?: string;
}

/** Prints the problems and findings of the manifests. Returns 1 if there are findings, and 2 if a manifest is invalid. */
export async function lintCommand(options: LintCommandOptions, console: Console): Promise<ExitCode> {
  const { read, errors } = await readInputs(options.file, console);
  const { kubernetesVersion } = options;
  const report = read && lintSource(read, kubernetesVersion === undefined ? {} : { kubernetesVersion });
  for (const note of report?.notes ?? []) console.err(`note: ${note}`);
  if (options.format === 'json') {
    console.data(
      formatJSON(
        report,
        errors.flatMap(({ problems }) => problems),
        hiderOf({ secrets: secretsIn(read?.documents ?? []) }),
      ),
    );
  } else {
    for (const { message } of errors) console.err(message);
    if (report) for (const line of formatText(report)) console.out(line);
  }
  if (errors.length > 0 || !report || report.problems.length > 0) return BAD_INPUT;
  return report.findings.some(({ severity }) => severity !== 'info') ? FOUND : OK;
}

function formatText({ source, workloads, problems, findings }: LintReport): string[] {
  const count = problems.length + findings.length;
  if (count === 0) return [`no findings in ${formatList(workloads)}`];
  const paragraphs = [
    ...(problems.length > 0 ? [problems.map((problem) => describeProblem(problem, source)).join('\n')] : []),
    ...findings.map(describeFinding),
    ...(count > 1 ? [formatSummary(problems.length, findings)] : []),
  ];
  return paragraphs.flatMap((paragraph, index) => (index === 0 ? [paragraph] : ['', paragraph]));
}

function formatSummary(problems: number, findings: LintReport['findings']): string {
  const counts = (['error', 'warning', 'info'] as const).map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 && (severity === 'info' ? `${count} info` : pluralize(severity, count, true));
  });
  const invalid = problems > 0 && `${pluralize('problem', problems, true)} that Kubernetes rejects`;
  return [invalid, ...counts].filter(Boolean).join(', ');
}

function formatJSON(report: LintReport | undefined, unread: LintReport['problems'], hide: Hide): string {
  const { workloads = [], problems = [], findings = [] } = report ?? {};
  const result = { problems: [...unread, ...problems], findings };
  return jsonText({ workloads, ...hideIn(result, hide) }, 2);
}
