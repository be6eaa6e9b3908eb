import type { DroppedField } from '../../manifest/admission/disabledFields';
import { rule } from '../rule';

/** Source: pkg/api/pod/util.go `dropDisabledFields`. */
export const disabledField = rule('disabled-field', ({ dropped }) =>
  dropped.map((one) => ({
    path: one.path,
    severity: 'error' as const,
    why: `the feature gate ${one.gate} is off, so the API server drops this field without an error`,
    fix: `${formatAlternative(one)}, or turn on the feature gate ${one.gate} of the cluster`,
  })),
);

function formatAlternative({ gate, value }: DroppedField): string {
  switch (gate) {
    case 'ContainerStopSignals':
      return `set STOPSIGNAL ${String(value)} in the Dockerfile of the image`;
    case 'PodLevelResources':
      return 'set limits and requests in each container';
    default:
      return 'remove this field';
  }
}
