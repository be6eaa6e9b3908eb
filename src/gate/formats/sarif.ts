import type { Log, Notification, ReportingDescriptor, Result } from 'sarif';
import { jsonText } from '../../escaping/json';
import { fence, markdownText } from '../../escaping/markdown';
import { printable, terminalText } from '../../escaping/terminal';
import { CHECK_TITLES } from '../../wording/gate/checks';
import type { CheckReport, GateReport, GateResult, TargetReport } from '../gateResult';
import type { CheckId } from '../model/checks';
import { pathFrom } from './path';
import { escapedReport } from './texts';
import { detailsOf, faultsIn, gapsIn, remarksIn } from './words';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/** Returns SARIF 2.1.0 for code scanning: each finding with its place in the manifest. */
export function asSARIF(
  report: GateReport,
  { version, folder }: { readonly version: string; readonly folder: string },
): string {
  const { verdicts } = escapedReport(report, { line: printable, block: terminalText });
  const results = verdicts.flatMap((gateResult) =>
    [...faultsIn(gateResult), ...remarksIn(gateResult)].map(([check, answer]) =>
      resultOf(gateResult, check, answer, folder),
    ),
  );
  const rules = [...new Set(results.map(({ ruleId = '' }) => ruleId))].sort().map(ruleOf);
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'jest-kubelet', version, rules } },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: verdicts.flatMap(notificationsOf) }],
        results,
      },
    ],
  };
  return jsonText(log, 2);
}

function notificationsOf(gateResult: GateResult): readonly Notification[] {
  return gapsIn(gateResult).map((gap) => ({
    level: 'note',
    message: { text: `${gateResult.workload}: not checked: ${gap}` },
  }));
}

function ruleOf(id: string): ReportingDescriptor {
  const [check = '', code] = id.split('/');
  if (code !== undefined) {
    return {
      id,
      shortDescription: { text: code.replaceAll('-', ' ') },
      help: { text: `See jest-kubelet/docs/lint.md#${code}` },
    };
  }
  const text = CHECK_TITLES[check as CheckId];
  return { id, shortDescription: { text }, help: { text: `See jest-kubelet/docs/gate.md#${check}` } };
}

function resultOf(gateResult: GateResult, { check }: CheckReport, answer: TargetReport, folder: string): Result {
  const { code, severity, outcome, field, position, sentence, messageId } = answer;
  const name = [gateResult.workload, field].filter(Boolean).join(': ');
  const uri = position && pathFrom(folder, position.file);
  return {
    ruleId: code === undefined ? check : `${check}/${code}`,
    level: LEVELS[severity ?? (outcome === 'notRun' ? 'warning' : 'error')],
    message: { text: sentence, markdown: `${markdownText(sentence)}\n\n${fence(detailsOf(answer))}` },
    properties: { messageId },
    locations: [
      {
        ...(position &&
          uri !== undefined && {
            physicalLocation: {
              artifactLocation: { uri: encodeURI(uri) },
              region: {
                startLine: position.line,
                startColumn: position.column,
                endColumn: position.column + Math.max(1, position.width),
              },
            },
          }),
        logicalLocations: [{ fullyQualifiedName: name, kind: 'object' }],
      },
    ],
  };
}
