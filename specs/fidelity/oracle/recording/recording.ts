import { readFileSync } from 'node:fs';

/** A deletion, or a patch of the status, at `at` seconds after the pod's creation. */
export interface Act {
  readonly at: number;
  readonly delete?: { readonly gracePeriodSeconds?: number };
  readonly patch?: { readonly status?: { readonly conditions?: readonly RecordedCondition[] } };
  readonly subresource?: string;
}

interface RecordedCondition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
}

export interface RecordedState {
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly running?: object;
  readonly terminated?: { readonly exitCode: number; readonly reason?: string; readonly message?: string };
}

export interface RecordedContainer {
  readonly name: string;
  readonly ready: boolean;
  readonly started?: boolean;
  readonly restartCount: number;
  readonly state?: RecordedState;
  readonly lastState?: RecordedState;
}

/** An entry of a timeline. `t` is in seconds since the ADDED event of the pod. */
export type Entry = { readonly t: number } & (
  | { readonly what: 'row'; readonly ready: string; readonly status: string; readonly restarts: string }
  | {
      readonly what: 'status';
      readonly phase?: string;
      readonly reason?: string;
      readonly message?: string;
      readonly conditions?: Readonly<Record<string, readonly string[]>>;
      readonly initContainers?: readonly RecordedContainer[];
      readonly containers?: readonly RecordedContainer[];
    }
  | {
      readonly what: 'event';
      readonly type: string;
      readonly reason: string;
      readonly object?: string;
      readonly message: string;
      readonly count: number;
      readonly from: string;
    }
  | { readonly what: 'endpoint'; readonly type: string; readonly conditions?: Readonly<Record<string, boolean>> }
  | { readonly what: 'removed' }
);

/** The observations of a pod on a node of one version. */
export interface Recording {
  readonly kubernetes: string;
  readonly recordedSeconds: number;
  readonly acts: readonly Act[];
  readonly timeline: readonly Entry[];
}

const WHAT: readonly string[] = ['row', 'status', 'event', 'endpoint', 'removed'];

/** Reads a recording. Throws an Error for a word that the format does not have. */
export function readRecording(file: string): Recording {
  const recording = JSON.parse(readFileSync(file, 'utf8')) as Recording;
  for (const { what } of recording.timeline) {
    if (!WHAT.includes(what)) throw new Error(`${file}: unknown entry "${what}". Known entries: ${WHAT.join(', ')}`);
  }
  for (const act of recording.acts) {
    if (!act.delete && !act.patch?.status?.conditions) {
      throw new Error(`${file}: unknown act ${JSON.stringify(act)}. An act deletes the pod or patches its conditions`);
    }
  }
  return recording;
}
