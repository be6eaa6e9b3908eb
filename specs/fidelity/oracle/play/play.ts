import { readFileSync } from 'node:fs';
import { after, CREATED, type Instant } from '../../../../src/clock/instant';
import { BLOCKED_FIELDS } from '../../../../src/manifest/admission/fields';
import { loadManifest } from '../../../../src/manifest/loadPod';
import { Simulation } from '../../../../src/pod/simulated/simulation';
import type { AppScript } from '../../../../src/runtime/scripted/script';
import { playScripted } from '../app/script';
import type { Observed } from '../recording/observed';
import type { Act } from '../recording/recording';
import { observedOn } from './fromTimeline';
import { appLagMs, nodeConfig } from './node';

/** The input of a simulation: a manifest, the actions on its pod, and the duration. */
export interface Play {
  readonly manifest: string;
  readonly kubernetesVersion: string;
  readonly acts: readonly Act[];
  readonly seconds: number;
}

/** Fields that are blocked by default, because on an engine they reach this machine. */
export const ALLOWED = BLOCKED_FIELDS.map((field) => field.allow);

/** Plays a pod in virtual time on the recorded node, as chance falls for the seed. */
export function play({ manifest, kubernetesVersion, acts, seconds }: Play, seed: number): Observed {
  const {
    pod,
    config: found,
    backend,
  } = loadManifest(readFileSync(manifest, 'utf8'), {
    allow: ALLOWED,
    kubernetesVersion,
  });
  const endMs = seconds * 1000;
  const run = (script: AppScript) => {
    const simulation = new Simulation(pod, script, nodeConfig(kubernetesVersion, seed), { found, backend });
    for (const act of [...acts].sort((a, b) => a.at - b.at)) {
      simulation.advance(after(CREATED, act.at * 1000));
      perform(act, simulation);
    }
    simulation.advance(endMs as Instant);
    return simulation.timeline;
  };
  const timeline = playScripted(pod, { kubernetesVersion, endMs, appLagMs: appLagMs(seed) }, run);
  // The recorder makes a Service for a pod with labels, and watches its endpoint.
  const hasService = Object.keys(pod.metadata.labels ?? {}).length > 0;
  return observedOn(timeline, pod, { kubernetesVersion, endMs, hasService });
}

function perform({ delete: deletion, patch }: Act, simulation: Simulation): void {
  if (deletion) simulation.observe({ kind: 'DeleteRequested', ...deletion });
  for (const { type, status } of patch?.status?.conditions ?? []) {
    simulation.observe({ kind: 'ConditionSet', type, status });
  }
}
