import { jsonText } from '../../escaping/json';
import type { GateReport } from '../gateResult';
import { asAnnotations } from './github';
import { asJUnit } from './junit';
import type { Paint } from './paint';
import { asSARIF } from './sarif';
import { formatText } from './text';

/** Rises if a field is removed or changes its meaning. New fields do not change it. */
const VERSION = 1;

export const FORMATS = ['text', 'json', 'junit', 'sarif', 'github'] as const;

export type Format = (typeof FORMATS)[number];

export interface FormatOptions {
  /** Version of this package. */
  readonly version: string;
  /** Folder that paths in a report are relative to. */
  readonly folder: string;
  readonly paint: Paint;
}

/** Returns the report in a format, without a line break at the end. It may be empty. */
export async function inFormat(format: Format, report: GateReport, options: FormatOptions): Promise<string> {
  switch (format) {
    case 'text':
      return formatText(report, options.paint);
    case 'json':
      return asJSON(report);
    case 'junit':
      return asJUnit(report);
    case 'sarif':
      return asSARIF(report, options);
    case 'github':
      return asAnnotations(report, options.folder);
  }
}

/** Returns the whole report for programs, as docs/gate.md describes it. */
function asJSON(report: GateReport): string {
  return jsonText({ version: VERSION, ...report }, 2);
}
