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
import { type Chosen, chosenIn } from '../workloads';
import { readConfig } from './configFile';
import { gateExitCode } from './gateExitCode';
import { OutputFiles } from './outputFiles';
import type { ReportTarget } from './outputs';
import { overridden, type RawOptions } from './rawOptions';
import { type GateRequest, requestFrom } from './request';
import { runWorkloads } from './runWorkloads';

export interface GateCommandOptions extends RawOptions {
  readonly config?: string;
}

/**
 * Puts each workload of the manifests to the gate's checks and prints the verdict; ends with 1 where a check failed, or
 * could not be run, and with 3 where that is because a run broke. With `matrix` it does each fault instead, and prints who noticed.
 *
 * @throws UsageError, OutputError, ManifestError for what cannot be used.
 * @throws RuntimeError when the engine does not do its part.
 */
export async function gateCommand(
  { config, ...flags }: GateCommandOptions,
  console: Console,
  version: string,
): Promise<ExitCode> {
  const request = requestFrom(overridden(readConfig(config), flags));
  const files = new OutputFiles(request);
  const read = await readAll(request, console);
  const chosen = chosenIn(read, request.workloads, request.images);
  if (request.matrix) return measure(request, chosen, files, console);
  const report = await judge(request, chosen, console);
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

/** Everything that was named, as one manifest: a Service in one file selects the pods of another. */
async function readAll({ files, tools }: GateRequest, console: Console): Promise<ReadSource> {
  const sources = [
    ...(files.length > 0 ? [await readTogether(files, console)] : []),
    ...tools.map((tool) => readSource(tool)),
  ];
  const documents = sources.flatMap((source) => source.documents);
  console.hide?.(hiderOf({ secrets: secretsIn(documents) }));
  return { name: sources.map(({ name }) => name).join(', '), documents };
}

async function judge(request: GateRequest, chosen: readonly Chosen[], console: Console): Promise<GateReport> {
  const { outcomes: verdicts, times } = await runWorkloads(request, chosen, console, ({ name, read, images }, on) =>
    prepareGate(read, name, { ...request, ...on, images }),
  );
  for (const { name } of unusedWaivers(verdicts, request.policy)) {
    console.err(`note: --waive ${name} waives nothing here. Remove it`);
  }
  const outcome = verdicts.every((verdict) => verdict.outcome === 'passed') ? 'passed' : 'failed';
  return { outcome, verdicts, times };
}

/** A measure, not a verdict: whatever the score, the command has done its work. */
async function measure(
  request: GateRequest,
  chosen: readonly Chosen[],
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
