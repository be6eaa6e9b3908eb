import { commandMessage, commandProperty } from '../../escaping/github';
import { printable, terminalText } from '../../escaping/terminal';
import type { CheckReport, GateReport, GateResult, TargetReport } from '../gateResult';
import { pathFrom } from './path';
import { escapedReport } from './texts';
import { faultsIn, gapsIn, remarksIn, wholeOf } from './words';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * Returns workflow commands for GitHub Actions: a line for each finding, which GitHub shows at the line of the manifest.
 *
 * Source: docs.github.com "Workflow commands".
 */
export function asAnnotations(report: GateReport, folder: string): string {
  return escapedReport(report, { line: printable, block: terminalText })
    .verdicts.flatMap((gateResult) => [
      ...[...faultsIn(gateResult), ...remarksIn(gateResult)].map(([check, answer]) =>
        annotation(gateResult.workload, check, answer, folder),
      ),
      ...gapAnnotation(gateResult),
    ])
    .join('\n');
}

/** Returns one annotation for all gaps, because GitHub shows only a few for each step. */
function gapAnnotation(gateResult: GateResult): readonly string[] {
  const gaps = gapsIn(gateResult);
  const title = commandProperty(`${gateResult.workload}: not checked`);
  return gaps.length > 0 ? [`::notice title=${title}::${commandMessage(gaps.join('\n'))}`] : [];
}

function annotation(workload: string, { check }: CheckReport, answer: TargetReport, folder: string): string {
  const { severity = 'error', code, position } = answer;
  const file = position && pathFrom(folder, position.file);
  const place = position &&
    file !== undefined && {
      file,
      line: position.line,
      col: position.column,
      endColumn: position.column + Math.max(1, position.width),
    };
  const properties = { ...place, title: `${workload}: ${[check, code].filter(Boolean).join(' ')}` };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${commandProperty(String(value))}`);
  return `::${COMMANDS[severity]} ${written.join(',')}::${commandMessage(wholeOf(answer))}`;
}
