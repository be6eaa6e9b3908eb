import { requestSync } from './effects/podUpdates';
import { change, type Turn } from './effects/turn';
import { cancelExecProbes, doProbe, type Probed } from './prober/doProbe';
import { dueWorkers } from './prober/proberManager';
import { removeWorker } from './state/proberState';
import { publish } from './status/publish';
import { setContainerReadiness, setContainerStartup } from './status/statusManager';

/** Lets every worker whose turn has come take it. One whose time is over goes. */
export function tickWorkers(turn: Turn): void {
  for (const worker of dueWorkers(turn.state.prober, turn.state, turn)) {
    const { goesOn, ...probed } = doProbe(turn.state.prober, worker, turn.state, turn);
    onProbed(turn, probed);
    if (!goesOn) change(turn, { prober: removeWorker(turn.state.prober, worker) });
    change(turn, { prober: cancelExecProbes(turn.state.prober, turn.state, turn) });
  }
}

/**
 * Takes over what the probes have come to. Readiness and startup are patched into the status at once, a liveness failure
 * asks for a sync.
 *
 * Source: kubelet.go `syncLoopIteration`, `handleProbeSync`.
 */
export function onProbed(turn: Turn, { prober, update }: Probed): void {
  change(turn, { prober });
  if (!update) return;
  const { type, id, result } = update;
  const { pod, status } = turn.state;
  const set = type === 'readiness' ? setContainerReadiness : type === 'startup' ? setContainerStartup : undefined;
  const next = set?.(pod, status, id, result === 'Success', turn.at);
  if (next) change(turn, { status: publish(status, next, pod, turn) });
  if (type !== 'liveness' || result === 'Failure') requestSync(turn);
}
