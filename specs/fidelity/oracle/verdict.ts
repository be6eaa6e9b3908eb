import { type Difference, differencesOf } from './compare/compare';
import { ON_ENGINE } from './compare/limits';
import { play } from './play/play';
import type { OracleCase } from './recording/cases';
import { observedIn } from './recording/fromRecording';
import { type Observed, withoutEngineTexts } from './recording/observed';
import type { Recording } from './recording/recording';
import { NotScriptable } from './shell/language/syntax';

/** Result of the comparison of a case with its simulation, on one version. */
export interface Verdict {
  readonly name: string;
  readonly kubernetes: string;
  readonly kind: 'same' | 'timing' | 'differs' | 'not scriptable';
  /** The differences, the most important first, or why no script can simulate the case. */
  readonly why: readonly string[];
}

/** In so many ways chance may fall before a case differs: jitter, the phase of the kubelet's looks, the order of probes. */
const SEEDS = 60;

/** Compares a case on one version: `same` if some fall of chance gives what some recording of it shows. */
export function judge({ name, manifest }: OracleCase, kubernetes: string, recordings: readonly Recording[]): Verdict {
  let best: readonly Difference[] | undefined;
  try {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      for (const recording of recordings) {
        const { acts, recordedSeconds: seconds } = recording;
        const played = play({ manifest, kubernetesVersion: kubernetes, acts, seconds }, seed);
        const differences = differencesOf(played, observedIn(recording));
        if (differences.length === 0) return { name, kubernetes, kind: 'same', why: [] };
        if (!best || weight(differences) < weight(best)) best = differences;
      }
    }
  } catch (error) {
    const why = [(error as Error).message];
    return { name, kubernetes, kind: error instanceof NotScriptable ? 'not scriptable' : 'differs', why };
  }
  return verdictOf(name, kubernetes, best ?? []);
}

/** Compares a case on one version with what an engine showed of it, but for the engine's own texts. */
export function judgeOnEngine(
  { name }: OracleCase,
  kubernetes: string,
  recordings: readonly Recording[],
  played: Observed,
): Verdict {
  const found = recordings.map((each) =>
    differencesOf(withoutEngineTexts(played), withoutEngineTexts(observedIn(each)), ON_ENGINE),
  );
  const [best = []] = found.toSorted((a, b) => weight(a) - weight(b));
  return verdictOf(name, kubernetes, best);
}

function verdictOf(name: string, kubernetes: string, differences: readonly Difference[]): Verdict {
  if (differences.length === 0) return { name, kubernetes, kind: 'same', why: [] };
  const differs = differences.filter(({ kind }) => kind === 'differs');
  const found = differs.length > 0 ? differs : differences;
  return { name, kubernetes, kind: differs.length > 0 ? 'differs' : 'timing', why: found.map(({ text }) => text) };
}

function weight(differences: readonly Difference[]): number {
  return differences.reduce((sum, { kind }) => sum + (kind === 'differs' ? 1000 : 1), 0);
}
