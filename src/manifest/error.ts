import { printable, terminalText } from '../escaping/terminal';
import { FIELD_SHOWN_MAX } from './limits';
import { bodyOf, type FieldError, type FieldErrorType } from './values/fieldError';
import { codeFrame, type Position, placeOf } from './values/position';

/** One thing that is wrong with a manifest. */
export interface Problem {
  /** In Kubernetes' notation: `spec.containers[0].livenessProbe.httpGet.port`. Absent where it is about no field. */
  readonly field?: string;
  /** Kubernetes' type of error, where it is Kubernetes that says no. */
  readonly type?: FieldErrorType;
  /** What is wrong, in one sentence; Kubernetes' own words where there is a `type`. */
  readonly detail: string;
  readonly value?: unknown;
  /** What would be right. */
  readonly advice?: string;
  /** Absent where the manifest is an object and has no text. */
  readonly position?: Position;
}

type UntypedError = Omit<FieldError, 'type'> & Partial<Pick<FieldError, 'type'>>;

const SHOWN_MAX = 8;

/**
 * The manifest cannot be taken as it is: edit the YAML. Says everything that is wrong at once, with file, line and
 * column, and reads on one screen; `problems` has all of it.
 */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  /** In the order of the text. */
  readonly problems: readonly Problem[];
  /** What the manifest is called in messages, for problems that have no place. */
  readonly source: string;

  constructor(problems: readonly Problem[], source: string, options?: ErrorOptions) {
    const ordered = problems.toSorted((a, b) => inText(a) - inText(b));
    super(describe(ordered, source), options);
    this.problems = ordered;
    this.source = source;
  }
}

/** A finding in a manifest's fields as a problem; `position` where it is written. */
export function problemOf(finding: UntypedError, position: Position | undefined): Problem {
  const { path, type, value, detail, advice } = finding;
  return {
    field: String(path),
    detail,
    ...(type === undefined ? {} : { type }),
    ...(value === undefined ? {} : { value }),
    ...(advice === undefined ? {} : { advice }),
    ...(position === undefined ? {} : { position }),
  };
}

function inText({ position }: Problem): number {
  return position?.line ?? Number.MAX_SAFE_INTEGER;
}

function describe(problems: readonly Problem[], source: string): string {
  const shown = problems.slice(0, SHOWN_MAX).map((problem) => describeProblem(problem, source));
  const more = problems.length - shown.length;
  return [
    ...(problems.length > 1 ? [`${source}: ${problems.length} problems`] : []),
    ...shown,
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join('\n');
}

/** The name of a field may be as long as the manifest. */
function shortened(field: string): string {
  return field.length > FIELD_SHOWN_MAX ? `${field.slice(0, FIELD_SHOWN_MAX)}…` : field;
}

/** A problem as it is told: where, what is wrong, what would be right, and the line with carets under it. */
export function describeProblem({ field, type, detail, value, advice, position }: Problem, source: string): string {
  const body = type === undefined ? detail : bodyOf({ type, value, detail });
  const place = printable(position ? placeOf(position) : source);
  const sentence = [place, ...(field ? [shortened(printable(field))] : []), terminalText(body)].join(': ');
  const line = advice === undefined ? sentence : `${sentence}; ${advice}`;
  return position?.text ? `${line}\n${codeFrame(position)}` : line;
}
