import { FORMATS, type Format } from '../../gate/formats';
import { formatUnknown } from '../podRequest';
import { UsageError } from '../usageError';

/** Format and its file. Default: stdout. */
export interface ReportTarget {
  readonly format: Format;
  readonly file?: string;
}

/** Formats that are lines of a log, so both can go to stdout. */
const LINES: readonly Format[] = ['text', 'github'];

/**
 * Parses the targets of the result: `text`, `junit=report.xml` and so on. Stdout gets one format without a file, `text` and
 * `github` together, or `text` if all formats have a file.
 *
 * @throws UsageError for an unknown format or an invalid combination.
 */
export function parseOutputs(given: readonly string[]): readonly ReportTarget[] {
  const outputs = given.map(parseOutput);
  const printed = outputs.filter(({ file }) => file === undefined).map(({ format }) => format);
  if (printed.length > 1 && !printed.every((format) => LINES.includes(format))) {
    const problem = `${printed.join(' and ')} cannot both go to stdout`;
    throw new UsageError(`--format: ${problem}. Write one to a file: --format ${printed[1]}=FILE`);
  }
  const twice = outputs.find(
    ({ file }, at) => file !== undefined && outputs.findIndex((one) => one.file === file) < at,
  );
  if (twice) throw new UsageError(`--format: two formats use the file ${twice.file}. Use another file for one of them`);
  return printed.length === 0 ? [{ format: 'text' }, ...outputs] : outputs;
}

function parseOutput(given: string): ReportTarget {
  const [name = '', ...rest] = given.split('=');
  const file = rest.join('=');
  if (!isFormat(name)) throw new UsageError(formatUnknown('--format', 'format', name, FORMATS));
  if (rest.length > 0 && file === '')
    throw new UsageError(`--format ${given}: no file after =. Pass ${given}FILE, or ${name} for stdout`);
  return { format: name, ...(rest.length > 0 && { file }) };
}

function isFormat(name: string): name is Format {
  return (FORMATS as readonly string[]).includes(name);
}
