import type { Probe } from '../model';
import { type ApiServer, NEWEST } from '../values/apiServer';
import { type FieldError, invalid } from '../values/fieldError';
import type { FieldPath } from '../values/fieldPath';
import type { Unchecked } from '../values/uncheckedManifest';
import { validateHandler } from './handler';

const COUNTS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

/**
 * Returns the errors that every probe can have. `gracePeriod` is the pod's, in seconds.
 *
 * Source: validation.go `validateProbe`.
 */
export function validateProbe(
  probe: Unchecked<Probe>,
  gracePeriod: number | undefined,
  path: FieldPath,
  server: ApiServer = NEWEST,
): FieldError[] {
  const own = probe.terminationGracePeriodSeconds;
  return [
    ...validateHandler(probe, gracePeriod, path, server),
    ...COUNTS.flatMap((name) => {
      const value = probe[name] ?? 0;
      return value < 0 ? [invalid(path.child(name), value, 'must be greater than or equal to 0')] : [];
    }),
    ...(own !== undefined && own <= 0
      ? [invalid(path.child('terminationGracePeriodSeconds'), own, 'must be greater than 0')]
      : []),
  ];
}

/**
 * Returns the errors of a container's probes: liveness and startup succeed at the first success, and only they kill.
 *
 * Source: validation.go `validateLivenessProbe`, `validateReadinessProbe`, `validateStartupProbe`.
 */
export function validateProbes(
  container: Unchecked<{ livenessProbe?: Probe; readinessProbe?: Probe; startupProbe?: Probe }>,
  gracePeriod: number | undefined,
  path: FieldPath,
  server: ApiServer = NEWEST,
): FieldError[] {
  return (['livenessProbe', 'readinessProbe', 'startupProbe'] as const).flatMap((name) => {
    const probe = container[name];
    if (!probe) return [];
    const at = path.child(name);
    return [
      ...validateProbe(probe, gracePeriod, at, server),
      ...(name === 'readinessProbe' ? validateNoGrace(probe, at) : validateSuccessThreshold(probe, at)),
    ];
  });
}

function validateSuccessThreshold({ successThreshold = 0 }: Unchecked<Probe>, path: FieldPath): FieldError[] {
  return successThreshold === 1 ? [] : [invalid(path.child('successThreshold'), successThreshold, 'must be 1')];
}

function validateNoGrace({ terminationGracePeriodSeconds: grace }: Unchecked<Probe>, path: FieldPath): FieldError[] {
  if (grace === undefined) return [];
  return [invalid(path.child('terminationGracePeriodSeconds'), grace, 'must not be set for readinessProbes')];
}
