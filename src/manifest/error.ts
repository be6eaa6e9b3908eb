import { printable, terminalText } from '../escaping/terminal';
import { FIELD_SHOWN_MAX } from './limits';
import { bodyOf, type FieldError, type FieldErrorType } from './values/fieldError';
import { codeFrame, type Position, placeOf } from './values/position';

/** Problem of a manifest. */
export interface Problem {
  /** Field in Kubernetes' notation: `spec.containers[0].livenessProbe.httpGet.port`. Absent if no field is wrong. */
  readonly field?: string;
  /** Error type of Kubernetes, if Kubernetes rejects the manifest. */
  readonly type?: FieldErrorType;
  /** Problem in one sentence, in Kubernetes' own words if it has a `type`. */
  readonly detail: string;
  /** The invalid value, if there is one. */
  readonly value?: unknown;
  /** How to fix the problem. */
  readonly advice?: string;
  /** Place in the text. Absent if the manifest is an object. */
  readonly position?: Position;
}

type UntypedError = Omit<FieldError, 'type'> & Partial<Pick<FieldError, 'type'>>;

const SHOWN_MAX = 8;

/**
 * Error of an invalid manifest. The message fits on one screen and lists the problems with file, line and column, and
 * `problems` contains all of them.
 */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  /** Problems in the order of the text. */
  readonly problems: readonly Problem[];
  /** Name of the manifest in messages, for problems without a place. */
  readonly source: string;

  constructor(problems: readonly Problem[], source: string, options?: ErrorOptions) {
    const ordered = problems.toSorted((a, b) => lineOf(a) - lineOf(b));
    super(describe(ordered, source), options);
    this.problems = ordered;
    this.source = source;
  }
}

/** Returns a finding in a field as a problem. `position` is its place in the text. */
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

function lineOf({ position }: Problem): number {
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

/** Returns a name that fits the message. The name of a field can be as long as the manifest. */
function shorten(field: string): string {
  return field.length > FIELD_SHOWN_MAX ? `${field.slice(0, FIELD_SHOWN_MAX)}…` : field;
}

/** Returns a problem as text: place, problem, fix, and the line with carets under it. */
export function describeProblem({ field, type, detail, value, advice, position }: Problem, source: string): string {
  const body = type === undefined ? detail : bodyOf({ type, value, detail });
  const place = printable(position ? placeOf(position) : source);
  const sentence = [place, ...(field ? [shorten(printable(field))] : []), terminalText(body)].join(': ');
  const line = advice === undefined ? sentence : `${sentence}. ${advice.charAt(0).toUpperCase()}${advice.slice(1)}`;
  return position?.text ? `${line}\n${codeFrame(position)}` : line;
}
