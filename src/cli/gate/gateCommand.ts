import { appendFileSync, writeFileSync } from 'node:fs';
import { type FormatOptions, inFormat } from '../../gate/formats';
import { htmlOf } from '../../gate/formats/html';
import { asMarkdown } from '../../gate/formats/markdown';
import type { Progress } from '../../gate/gate';
import { type Play, playOf } from '../../gate/gateWorkload';
import { PodsTime } from '../../gate/podsTime';
import type { GateReport, Verdict } from '../../gate/verdict';
import { ManifestError } from '../../manifest/error';
import { type ReadSource, readSource } from '../../manifest/source';
import { removePods } from '../../pod/registry';
import type { Console } from '../console';
import { type ExitCode, FOUND, OK } from '../exitCode';
import { readInputs } from '../inputs';
import { UsageError } from '../usageError';
import { readConfig } from './configFile';
import type { Output } from './outputs';
import { LiveProgress, plainProgress, timed } from './progress';
import { overridden, type RawOptions } from './rawOptions';
import { type GateRequest, requestFrom } from './request';
import { type Chosen, chosenIn } from './workloads';

export interface GateCommandOptions extends RawOptions {
  readonly config?: string;
}

/**
 * Puts each workload of the manifests to the gate's checks and prints the verdict; ends with 1 where a check failed, or
 * could not be run.
 *
 * @throws UsageError, ManifestError for what cannot be used.
 * @throws RuntimeError when the engine does not do its part.
 */
export async function gateCommand(
  { config, ...flags }: GateCommandOptions,
  console: Console,
  version: string,
): Promise<ExitCode> {
  const request = requestFrom(overridden(readConfig(config), flags));
  const read = await readAll(request, console);
  const chosen = chosenIn(read, request.workloads, request.images);
  const report = await play(request, chosen, console);
  const options = {
    version,
    folder: process.env.GITHUB_WORKSPACE ?? process.cwd(),
    paint: console.paint ?? ((_, text) => text),
  } satisfies FormatOptions;
  for (const output of request.outputs) await write(output, report, options, console);
  if (request.html !== undefined) save(request.html, htmlOf(report), writeFileSync);
  return report.outcome === 'passed' ? OK : FOUND;
}

/** Everything that was named, as one manifest: a Service in one file selects the pods of another. */
async function readAll({ files, tools }: GateRequest, console: Console): Promise<ReadSource> {
  const { read, errors } = await readInputs(files, console);
  const [error, ...others] = errors;
  if (error && others.length === 0) throw error;
  if (error)
    throw new ManifestError(
      errors.flatMap(({ problems }) => problems),
      error.source,
    );
  const sources = [...(read ? [read] : []), ...tools.map((tool) => readSource(tool))];
  return {
    name: sources.map(({ name }) => name).join(', '),
    documents: sources.flatMap(({ documents }) => documents),
  };
}

async function play(request: GateRequest, chosen: readonly Chosen[], console: Console): Promise<GateReport> {
  const elapsedMs = () => performance.now();
  const screen = await console.screen?.();
  const live = screen && new LiveProgress(screen, elapsedMs);
  const progress = live ?? plainProgress((line) => console.err(line), elapsedMs);
  const time = new PodsTime();
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), request.withinMs);
  try {
    // What is refused is refused before anything is started.
    const plays = chosen.map((one) => {
      const told = timed(progress, time, chosen.length > 1 ? `${one.name}: ` : '');
      return playFor(request, one, { progress: told, deadline: deadline.signal, console });
    });
    const verdicts: Verdict[] = [];
    for (const play of plays) verdicts.push(await play());
    const totalMs = Math.round(elapsedMs());
    const podsMs = Math.round(time.ms);
    const outcome = verdicts.every((verdict) => verdict.outcome === 'passed') ? 'passed' : 'failed';
    return { outcome, verdicts, times: { totalMs, podsMs, ownMs: totalMs - podsMs } };
  } finally {
    clearTimeout(timer);
    live?.close();
    removePods('file');
  }
}

interface Surroundings {
  readonly progress: Progress;
  readonly deadline: AbortSignal;
  readonly console: Console;
}

function playFor(
  request: GateRequest,
  { name, read, images }: Chosen,
  { progress, deadline, console }: Surroundings,
): Play {
  const { checks, kubernetesVersion, allow, services, endpointRemovalDelay, parallel } = request;
  return playOf(read, name, {
    checks,
    kubernetesVersion,
    allow,
    images,
    services,
    endpointRemovalDelay,
    parallel,
    deadline,
    progress,
    onNote: (note) => console.err(`note: ${note}`),
  });
}

async function write(
  { format, file }: Output,
  report: GateReport,
  options: FormatOptions,
  console: Console,
): Promise<void> {
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (format === 'github' && summary) save(summary, `${asMarkdown(report)}\n`, appendFileSync);
  if (file === undefined) {
    const text = await inFormat(format, report, options);
    if (text !== '') console.out(text);
  } else {
    const text = await inFormat(format, report, { ...options, paint: (_, plain) => plain });
    save(file, text === '' ? '' : `${text}\n`, writeFileSync);
  }
}

function save(file: string, text: string, by: (file: string, text: string) => void): void {
  try {
    by(file, text);
  } catch (cause) {
    const { message } = cause as NodeJS.ErrnoException;
    throw new UsageError(`${file} cannot be written: ${message}`, { cause });
  }
}
