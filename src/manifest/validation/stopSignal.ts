import type { PodSpec } from '../model';
import { type FieldError, forbidden, notSupported } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import type { Unchecked } from '../values/uncheckedManifest';

const WINDOWS: readonly string[] = ['SIGKILL', 'SIGTERM'];

/** Source: validation.go `validateStopSignal`. The schema lists the signals of Linux. */
export function validateStopSignals(
  { os, containers = [], initContainers = [] }: Unchecked<PodSpec>,
  path: FieldPath,
): FieldError[] {
  return Object.entries({ containers, initContainers }).flatMap(([list, all]) =>
    all.flatMap(({ lifecycle }, index) => {
      const signal = lifecycle?.stopSignal;
      if (signal === undefined) return [];
      const at = path.child(list).index(index).child('lifecycle', 'stopSignal');
      if (!os?.name) return [forbidden(at, 'may not be set for containers with empty `spec.os.name`')];
      return os.name === 'windows' && !WINDOWS.includes(signal) ? [notSupported(at, signal, WINDOWS)] : [];
    }),
  );
}
