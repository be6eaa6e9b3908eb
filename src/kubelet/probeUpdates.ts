import type { Effects } from './effects/effects';
import { requestSync } from './podWorkers/updatePod';
import { cancelExecProbes, doProbe, type Probed } from './prober/doProbe';
import { dueWorkers } from './prober/proberManager';
import type { PodState } from './state/podState';
import { removeWorker } from './state/proberState';
import { publish } from './status/publish';
import { setContainerReadiness, setContainerStartup } from './status/statusManager';

/** Lets every worker whose turn has come take it. One whose time is over goes. */
export function tickWorkers(before: PodState, out: Effects): PodState {
  return dueWorkers(before.prober, before, out).reduce((state, worker) => {
    const turn = doProbe(state.prober, worker, state, out);
    const prober = turn.goesOn ? turn.prober : removeWorker(turn.prober, worker);
    const probed = onProbed(state, { ...turn, prober }, out);
    return probed.pod.deletion ? { ...probed, prober: cancelExecProbes(prober, probed, out) } : probed;
  }, before);
}

/**
 * Applies the result of a probe. Readiness and startup are patched into the status immediately, a liveness failure
 * requests a sync.
 *
 * Source: kubelet.go `syncLoopIteration`, `handleProbeSync`.
 */
export function onProbed(state: PodState, { prober, update }: Probed, out: Effects): PodState {
  if (!update) return { ...state, prober };
  const { type, id, result } = update;
  const { pod } = state;
  const set = type === 'readiness' ? setContainerReadiness : type === 'startup' ? setContainerStartup : undefined;
  const patched = set?.(pod, state.status, id, result === 'Success', out.at);
  const status = patched ? publish(state.status, patched, pod, out) : state.status;
  const asks = type !== 'liveness' || result === 'Failure';
  return { ...state, prober, status, sync: asks ? requestSync(state.sync, state, out) : state.sync };
}
