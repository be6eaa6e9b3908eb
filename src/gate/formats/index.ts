import { jsonText } from '../../escaping/json';
import type { GateReport } from '../gateResult';
import { asAnnotations } from './github';
import { asJUnit } from './junit';
import type { Paint } from './paint';
import { asSARIF } from './sarif';
import { formatText } from './text';

/** Rises when a field changes its meaning or goes; new fields do not change it. */
const VERSION = 1;

export const FORMATS = ['text', 'json', 'junit', 'sarif', 'github'] as const;

export type Format = (typeof FORMATS)[number];

export interface FormatOptions {
  /** This package's version. */
  readonly version: string;
  /** Where paths in a report begin, as whoever reads it has the sources. */
  readonly folder: string;
  readonly paint: Paint;
}

/** The report in that format: a text that ends without a line break, or nothing. */
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

/** For programs: the whole report, as docs/gate.md describes it. */
function asJSON(report: GateReport): string {
  return jsonText({ version: VERSION, ...report }, 2);
}
