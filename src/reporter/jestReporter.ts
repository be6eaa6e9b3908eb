import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { onExit } from 'signal-exit';
import { jsonText } from '../escaping/json';
import { traceEvents } from '../report/chart/traceEvents';
import { htmlReport } from '../report/html/document/htmlReport';
import { checkOutput, OutputError, TemporaryFolderError, writeOutput } from '../report/record/outputFile';
import { type PodRecord, RECORDS_VARIABLE, type RunReport } from '../report/record/podRecord';
import { Gathering } from './gather';
import { type RunResults, verdictsOf } from './verdicts';

export type { PodRecord, RunReport, VerdictRecord } from '../report/record/podRecord';

export interface ReporterOptions {
  /** The path of the report, from the project's root. Default: `jest-kubelet-report.json`. */
  readonly outputFile?: string;
  /** The path of an HTML page about the pod runs. Default: none is written. */
  readonly html?: string;
  /** The path of the pod runs as trace events, for Perfetto. Default: none are written. */
  readonly trace?: string;
}

/**
 * A reporter for Jest, to be used beside others: one JSON of all pods of the run, written when it is over.
 *
 *     reporters: ['default', ['jest-kubelet/reporter', { outputFile: 'pods.json' }]]
 */
export default class JestKubeletReporter {
  readonly #file: string;
  readonly #html: string | undefined;
  readonly #trace: string | undefined;
  #gathering: Gathering | undefined;
  #lastError: Error | undefined;

  constructor(
    { rootDir }: { readonly rootDir: string },
    { outputFile = 'jest-kubelet-report.json', html, trace }: ReporterOptions = {},
  ) {
    this.#file = path.resolve(rootDir, outputFile);
    this.#html = html && path.resolve(rootDir, html);
    this.#trace = trace && path.resolve(rootDir, trace);
    // The process may end without the end of the run, as it does by an interrupt.
    onExit(() => this.#gathering?.end());
  }

  /** Prepares the folders before the first worker starts, which takes its environment from here. */
  onRunStart(): void {
    for (const file of this.#files) prepare(file);
    this.#gathering?.end();
    this.#gathering = new Gathering();
    process.env[RECORDS_VARIABLE] = this.#gathering.folder;
  }

  onRunComplete(_contexts: unknown, results: RunResults): void {
    if (!this.#gathering) return;
    try {
      this.#write(this.#gathering.pods(), results);
    } catch (error) {
      if (!(error instanceof OutputError || error instanceof TemporaryFolderError)) throw error;
      this.#lastError = error;
      process.stderr.write(`jest-kubelet: no report is written to ${this.#file}: ${error.message}\n`);
    } finally {
      this.#gathering.end();
      this.#gathering = undefined;
      delete process.env[RECORDS_VARIABLE];
    }
  }

  /** Returns why the report is not written, if so: Jest then exits with 1. */
  getLastError(): Error | undefined {
    return this.#lastError;
  }

  get #files(): readonly string[] {
    return [this.#file, this.#html, this.#trace].filter((file) => file !== undefined);
  }

  #write(pods: readonly PodRecord[], results: RunResults): void {
    const report: RunReport = { version: 1, pods, verdicts: verdictsOf(results, pods) };
    writeOutput(this.#file, `${jsonText(report, 2)}\n`);
    if (this.#html) writeOutput(this.#html, htmlReport(report));
    if (this.#trace) writeOutput(this.#trace, traceEvents(report));
  }
}

/** @throws OutputError if the file cannot be written when the run is over. */
function prepare(file: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
  } catch (cause) {
    throw new OutputError(file, cause);
  }
  checkOutput(file);
}
