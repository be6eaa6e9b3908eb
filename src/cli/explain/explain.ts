import type { AdmittedWorkload } from '../../manifest/admission/admitAll';
import { keptContainers } from '../../manifest/facts/parts';
import { type Container, isSidecar } from '../../manifest/model';
import { effectiveGraceSeconds } from '../../timing/stopTiming';
import { formatList } from '../../wording/list';
import { probeTable } from './probeTable';
import { restartTable } from './restartTable';
import { restartWords } from './restartWords';
import { crashLoop, livenessLoop, type Played } from './schedule';
import { wordsOn } from './words';

/** What a workload's numbers come to, container by container: a line each. Nothing is started. */
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
      ...wordsOn({ container, restartPolicy: policy, spec, kubernetesVersion }),
      '',
      ...restartsOf(container, { pod, container, kubernetesVersion }),
    ].map((line) => (line === '' ? '' : `  ${line}`));
  });
  return [
    `${name}: restartPolicy ${restartPolicy}, ${effectiveGraceSeconds(spec, {}, 'other')}s of grace`,
    ...(inits.length > 0 ? [`  ${initWords(inits, restartPolicy)}`] : []),
    ...(/Job$/.test(workload.kind.kind)
      ? ['  What its controller does (backoffLimit, activeDeadlineSeconds of the Job) is not played.']
      : []),
    ...blocks.flat(),
  ];
}

function restartsOf({ livenessProbe }: Container, played: Played): readonly string[] {
  const crash = crashLoop(played);
  const loops = [{ title: 'CRASH', schedule: crash }];
  const words = [restartWords('restarts: a process that ends at once', crash)];
  if (livenessProbe) {
    const schedule = livenessLoop(played, livenessProbe);
    const decides = schedule.restarts.every(({ because }) => because === 'liveness' || because === 'exit');
    if (decides && schedule.restarts.length > 0) loops.push({ title: 'LIVENESS', schedule });
    words.push(
      decides
        ? restartWords('restarts: one that liveness finds dead from the start, and that ends on SIGTERM,', schedule)
        : 'restarts: liveness never comes to decide, as a hook or the startup fails before.',
    );
  }
  const table = restartTable(loops);
  return table.length > 0 ? [...words, '', ...table] : words;
}

function initWords(inits: readonly Container[], restartPolicy: string): string {
  const names = formatList(inits.map(({ name }) => name));
  const failing = restartPolicy === 'Never' ? 'one that fails ends the pod' : 'one that fails is retried as a crash is';
  return `before the containers run, to their end and one after another: ${names}; ${failing}.`;
}
