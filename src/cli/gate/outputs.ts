import { FORMATS, type Format } from '../../gate/formats';
import { nearest } from '../../manifest/schema/advise';
import { UsageError } from '../usageError';

/** A format, and where it goes: the standard output where no file is named. */
export interface ReportTarget {
  readonly format: Format;
  readonly file?: string;
}

/** These are lines of a log, so one may follow the other. */
const LINES: readonly Format[] = ['text', 'github'];

/**
 * Where the verdict goes, of `text`, `junit=report.xml` and so on. What goes to no file goes to the standard output: one
 * of them, or `text` and `github` together. Where nothing does, the text goes there.
 *
 * @throws UsageError for what there is not, or what does not go together.
 */
export function outputsFor(given: readonly string[]): readonly ReportTarget[] {
  const outputs = given.map(outputOf);
  const printed = outputs.filter(({ file }) => file === undefined).map(({ format }) => format);
  if (printed.length > 1 && !printed.every((format) => LINES.includes(format))) {
    throw new UsageError(`${printed.join(' and ')} cannot both go to the standard output; --format ${printed[1]}=FILE`);
  }
  const twice = outputs.find(
    ({ file }, at) => file !== undefined && outputs.findIndex((one) => one.file === file) < at,
  );
  if (twice) throw new UsageError(`${twice.file} cannot hold two formats`);
  return printed.length === 0 ? [{ format: 'text' }, ...outputs] : outputs;
}

function outputOf(given: string): ReportTarget {
  const [name = '', ...rest] = given.split('=');
  const file = rest.join('=');
  if (!isFormat(name)) {
    const near = nearest(name, FORMATS);
    throw new UsageError(`--format ${given}: ${near ? `did you mean ${near}?` : `it is one of ${FORMATS.join(', ')}`}`);
  }
  if (rest.length > 0 && file === '') throw new UsageError(`--format ${given}: name a file after the =`);
  return { format: name, ...(rest.length > 0 && { file }) };
}

function isFormat(name: string): name is Format {
  return (FORMATS as readonly string[]).includes(name);
}
