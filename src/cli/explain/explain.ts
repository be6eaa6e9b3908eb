import type { AdmittedWorkload } from '../../manifest/admission/admitAll';
import { keptContainers } from '../../manifest/facts/parts';
import { type Container, isSidecar } from '../../manifest/model';
import { effectiveGraceSeconds } from '../../timing/stopTiming';
import { formatList } from '../../wording/list';
import { describeContainer } from './describeContainer';
import { formatRestartWaits } from './formatRestartWaits';
import { probeTable } from './probeTable';
import { restartTable } from './restartTable';
import { crashLoop, type IsolatedContainer, livenessLoop } from './schedule';

/** Returns what the numbers of a workload add up to, as lines for each container. */
export function explainWorkload(
  { name, workload, pod }: AdmittedWorkload,
  kubernetesVersion: string,
): readonly string[] {
  const { spec } = pod;
  const { restartPolicy } = spec;
  const inits = spec.initContainers.filter((container) => !isSidecar(container));
  const blocks = keptContainers(spec).map(({ container }) => {
    const policy = container.restartPolicy ?? restartPolicy;
    const table = probeTable(container);
    return [
      '',
      `${isSidecar(container) ? 'sidecar' : 'container'} ${container.name}`,
      ...(table.length > 0 ? [...table, ''] : []),
      ...describeContainer({ container, restartPolicy: policy, spec, kubernetesVersion }),
      '',
      ...explainRestarts(container, { pod, container, kubernetesVersion }),
    ].map((line) => (line === '' ? '' : `  ${line}`));
  });
  return [
    `${name}: restartPolicy ${restartPolicy}, grace period ${effectiveGraceSeconds(spec, {}, 'other')}s`,
    ...(inits.length > 0 ? [`  ${explainInits(inits, restartPolicy)}`] : []),
    ...(/Job$/.test(workload.kind.kind)
      ? ['  The Job controller is not simulated (backoffLimit, activeDeadlineSeconds of the Job).']
      : []),
    ...blocks.flat(),
  ];
}

function explainRestarts({ livenessProbe }: Container, simulated: IsolatedContainer): readonly string[] {
  const crash = crashLoop(simulated);
  const loops = [{ title: 'CRASH', schedule: crash }];
  const lines = [formatRestartWaits('restarts: a process that exits immediately', crash)];
  if (livenessProbe) {
    const schedule = livenessLoop(simulated, livenessProbe);
    const decides = schedule.restarts.every(({ because }) => because === 'liveness' || because === 'exit');
    if (decides && schedule.restarts.length > 0) loops.push({ title: 'LIVENESS', schedule });
    lines.push(
      decides
        ? formatRestartWaits('restarts: an app that always fails liveness and exits on SIGTERM', schedule)
        : 'restarts: liveness never decides, because a hook or the startup fails first.',
    );
  }
  const table = restartTable(loops);
  return table.length > 0 ? [...lines, '', ...table] : lines;
}

function explainInits(inits: readonly Container[], restartPolicy: string): string {
  const names = formatList(inits.map(({ name }) => name));
  const failing = restartPolicy === 'Never' ? 'the pod fails' : 'it restarts like a crashed container';
  return `init containers run one after the other, before the containers: ${names}. If one fails, ${failing}.`;
}
