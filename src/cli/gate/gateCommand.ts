import { type FormatOptions, inFormat } from '../../gate/formats';
import { htmlOf } from '../../gate/formats/html';
import { asMarkdown } from '../../gate/formats/markdown';
import { matricesAsJSON, matricesAsText } from '../../gate/formats/matrix';
import { type GateReport, unusedWaivers } from '../../gate/gateResult';
import { prepareGate, prepareMatrix } from '../../gate/gateWorkload';
import { secretsIn } from '../../manifest/config/configObjects';
import { type ReadSource, readSource } from '../../manifest/source/source';
import { hiderOf } from '../../masking/masker';
import type { Console } from '../console';
import { type ExitCode, OK } from '../exitCode';
import { readTogether } from '../inputs';
import { type ChosenWorkload, chooseWorkloads } from '../workloads';
import { readConfig } from './configFile';
import { gateExitCode } from './gateExitCode';
import { OutputFiles } from './outputFiles';
import type { ReportTarget } from './outputs';
import { mergeOptions, type RawOptions } from './rawOptions';
import { type GateRequest, parseRequest } from './request';
import { runWorkloads } from './runWorkloads';

export interface GateCommandOptions extends RawOptions {
  readonly config?: string;
}

/**
 * Runs the gate, or with `matrix` each fault, on each workload of the manifests and prints the result. Returns 1 if a check
 * failed or could not run, and 3 if it could not run because a run was aborted.
 *
 * @throws UsageError, OutputError, ManifestError for invalid input.
 * @throws RuntimeError if the container engine fails.
 */
export async function gateCommand(
  { config, ...flags }: GateCommandOptions,
  console: Console,
  version: string,
): Promise<ExitCode> {
  const request = parseRequest(mergeOptions(readConfig(config), flags));
  const files = new OutputFiles(request);
  const read = await readAll(request, console);
  const chosen = chooseWorkloads(read, request.workloads, request.images);
  if (request.matrix) return runMatrix(request, chosen, files, console);
  const report = await runChecks(request, chosen, console);
  const options = {
    version,
    folder: process.env.GITHUB_WORKSPACE ?? process.cwd(),
    paint: console.paint ?? ((_, text) => text),
  } satisfies FormatOptions;
  for (const output of request.outputs) await write(output, { report, options, files, console });
  if (request.html !== undefined) files.write(request.html, htmlOf(report));
  files.close();
  return gateExitCode(report);
}

/** Reads all inputs as one manifest, because a Service in one file selects the pods of another. */
async function readAll({ files, tools }: GateRequest, console: Console): Promise<ReadSource> {
  const sources = [
    ...(files.length > 0 ? [await readTogether(files, console)] : []),
    ...tools.map((tool) => readSource(tool)),
  ];
  const documents = sources.flatMap((source) => source.documents);
  console.hide?.(hiderOf({ secrets: secretsIn(documents) }));
  return { name: sources.map(({ name }) => name).join(', '), documents };
}

async function runChecks(
  request: GateRequest,
  chosen: readonly ChosenWorkload[],
  console: Console,
): Promise<GateReport> {
  const { outcomes: verdicts, times } = await runWorkloads(request, chosen, console, ({ name, read, images }, on) =>
    prepareGate(read, name, { ...request, ...on, images }),
  );
  for (const { name } of unusedWaivers(verdicts, request.policy)) {
    console.err(`note: --waive ${name} has no effect on this manifest. Remove it`);
  }
  const outcome = verdicts.every((verdict) => verdict.outcome === 'passed') ? 'passed' : 'failed';
  return { outcome, verdicts, times };
}

/** Injects each fault. The exit code does not depend on the score, because the matrix only measures. */
async function runMatrix(
  request: GateRequest,
  chosen: readonly ChosenWorkload[],
  files: OutputFiles,
  console: Console,
): Promise<ExitCode> {
  const { outcomes } = await runWorkloads(request, chosen, console, ({ name, read, images }, on) =>
    prepareMatrix(read, name, { ...request, ...on, images }),
  );
  const matrices = outcomes.map((matrix, at) => ({ workload: chosen[at]?.name ?? '', matrix }));
  for (const { format, file } of request.outputs) {
    const text = format === 'json' ? matricesAsJSON(matrices) : matricesAsText(matrices);
    if (file === undefined) console[format === 'json' ? 'data' : 'out'](text);
    else files.write(file, `${text}\n`);
  }
  files.close();
  return OK;
}

interface Writing {
  readonly report: GateReport;
  readonly options: FormatOptions;
  readonly files: OutputFiles;
  readonly console: Console;
}

async function write({ format, file }: ReportTarget, { report, options, files, console }: Writing): Promise<void> {
  if (format === 'github') files.append(`${asMarkdown(report)}\n`);
  if (file === undefined) {
    const text = await inFormat(format, report, options);
    if (text !== '') console[format === 'text' ? 'out' : 'data'](text);
  } else {
    const text = await inFormat(format, report, { ...options, paint: (_, plain) => plain });
    files.write(file, text === '' ? '' : `${text}\n`);
  }
}
