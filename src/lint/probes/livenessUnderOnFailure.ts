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
        why: 'if a restart waits in back-off, an app that exits 0 on the SIGTERM of a liveness kill counts as completed: the pod is Succeeded although its work is not done',
        fix: 'make the app exit with another code if it stops before its work is done, or remove the livenessProbe',
      },
    ];
  }),
);
