import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { RECORDS_VARIABLE } from '../report/podRecord';
import { Gathering } from './gather';

export type { PodRecord, RunReport } from '../report/podRecord';

export interface ReporterOptions {
  /** Where the report goes, from the project's root; `jest-kubelet-report.json` unless told otherwise. */
  readonly outputFile?: string;
}

/**
 * A reporter for Jest, to be used beside others: one JSON of all pods of the run, written when it is over.
 *
 *     reporters: ['default', ['jest-kubelet/reporter', { outputFile: 'pods.json' }]]
 */
export default class JestKubeletReporter {
  readonly #file: string;
  #gathering: Gathering | undefined;

  constructor(
    { rootDir }: { readonly rootDir: string },
    { outputFile = 'jest-kubelet-report.json' }: ReporterOptions = {},
  ) {
    this.#file = path.resolve(rootDir, outputFile);
    // Jest may end the process without the end of the run, as it does after an interrupt.
    process.once('exit', () => this.#gathering?.end());
  }

  /** Before the first worker is started: it takes its environment from here. */
  onRunStart(): void {
    this.#gathering?.end();
    this.#gathering = new Gathering();
    process.env[RECORDS_VARIABLE] = this.#gathering.folder;
  }

  onRunComplete(): void {
    if (!this.#gathering) return;
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeFileSync(this.#file, `${JSON.stringify(this.#gathering.report(), undefined, 2)}\n`);
    this.#gathering.end();
    this.#gathering = undefined;
    delete process.env[RECORDS_VARIABLE];
  }
}
