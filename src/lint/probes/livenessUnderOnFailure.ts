import { probesOf } from '../../manifest/facts/parts';
import { rule } from '../rule';

/** Source: kuberuntime_manager.go `computePodActions`, container/helpers.go `ShouldContainerBeRestarted`; kubernetes#109537. */
export const livenessUnderOnFailure = rule('liveness-under-onfailure', ({ pod: { spec } }) =>
  probesOf(spec).flatMap(({ field, path, container }) => {
    if (field !== 'livenessProbe' || (container.restartPolicy ?? spec.restartPolicy) !== 'OnFailure') return [];
    return [
      {
        path,
        severity: 'warning',
        why: 'once back-off holds a restart up, an app that exits 0 on the SIGTERM of a liveness kill counts as completed: the work ends as Succeeded without being done',
        right:
          'an app that exits with another code when it is stopped before its work is done, or no livenessProbe here',
      },
    ];
  }),
);
