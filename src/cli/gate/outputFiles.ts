import { appendFileSync } from 'node:fs';
import { leavesByLink } from '../../manifest/source/links';
import { checkOutput, OutputError, writeOutput } from '../../report/record/outputFile';
import { UsageError } from '../usageError';
import type { GateRequest } from './request';

/** Files that the gate writes at the end. The constructor checks them before the first pod runs. */
export class OutputFiles {
  readonly #failures: OutputError[] = [];
  /** The file for the summary of a job in GitHub Actions, if the request asks for that format. */
  readonly summary: string | undefined;

  /**
   * @throws UsageError if a file is a link out of its folder.
   * @throws OutputError if a file cannot be written.
   */
  constructor({ outputs, html }: Pick<GateRequest, 'outputs' | 'html'>, env: NodeJS.ProcessEnv = process.env) {
    const isForGitHub = outputs.some(({ format }) => format === 'github');
    this.summary = isForGitHub ? env.GITHUB_STEP_SUMMARY || undefined : undefined;
    for (const file of [...outputs.map((output) => output.file), html]) {
      if (file === undefined) continue;
      refuseLink(file);
      checkOutput(file);
    }
    if (this.summary === undefined) return;
    refuseLink(this.summary);
    add(this.summary, '');
  }

  /** Writes a file. If that fails, the others are still written and `close` throws. */
  write(file: string, text: string): void {
    this.#attempt(() => writeOutput(file, text));
  }

  /** Appends a text to the summary of the job. */
  append(text: string): void {
    const { summary } = this;
    if (summary !== undefined) this.#attempt(() => add(summary, text));
  }

  /** @throws UsageError that lists the files that could not be written. */
  close(): void {
    if (this.#failures.length === 0) return;
    throw new UsageError(this.#failures.map(({ message }) => message).join('\n'), { cause: this.#failures[0] });
  }

  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      if (!(error instanceof OutputError)) throw error;
      this.#failures.push(error);
    }
  }
}

function add(file: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch (cause) {
    throw new OutputError(file, cause);
  }
}

function refuseLink(file: string): void {
  if (!leavesByLink(file)) return;
  throw new UsageError(`${file} is a link out of its folder. Remove it, or pass the path of its target`);
}
