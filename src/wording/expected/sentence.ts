import pluralize from 'pluralize';

/** Returns `pod to become Ready` or `pod not to become Ready`. */
export function formatTo(subject: string, isNot: boolean, action: string): string {
  return `${subject} ${isNot ? 'not to' : 'to'} ${action}`;
}

interface CountedAction {
  readonly isNot: boolean;
  /** Any container if none is named. */
  readonly container?: string | undefined;
  readonly times?: number | undefined;
}

/** Returns `web to restart 2 times because of liveness`. The number of times is between the action and its details. */
export function formatOccurrence({ isNot, container, times = 1 }: CountedAction, action: string, details = ''): string {
  const rest = details && ` ${details}`;
  if (times > 1) return `${container ?? 'the containers'} to ${action} ${formatTimes(times, isNot)}${rest}`;
  if (container === undefined) return `${isNot ? 'no' : 'a'} container to ${action}${rest}`;
  return `${formatTo(container, isNot, action)}${rest}`;
}

/** Returns `3 times`, and `fewer than 3 times` for the negation. */
export function formatTimes(times: number, isNot: boolean): string {
  return `${isNot ? 'fewer than ' : ''}${pluralize('time', times, true)}`;
}
