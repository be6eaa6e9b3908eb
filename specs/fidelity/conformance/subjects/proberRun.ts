import { countedResult } from '../../../../src/kubelet/prober/worker';
import type { ProbeOutcome } from '../../../../src/kubelet/state/protocol';
import type { Probe } from '../../../../src/manifest/model';
import { attemptProbe, type RunProbe } from '../../../../src/probes/attempt';
import { containerOf, envOf, probeHandlerOf } from './handlers';
import { listOf, type Subject, type Words, wordsOf } from './words';

const PROBE_TYPES = ['liveness', 'readiness', 'startup'] as const;
const RESULTS = ['Success', 'Warning', 'Failure', 'Unknown'] as const;

export const proberRun: Readonly<Record<string, Subject>> = {
  /** Every probe type must come to the same. */
  'prober.run': async (given, when) => {
    const words = wordsOf('given', given, ['env', 'handlerError', 'handlerOutcome', 'probe', 'probeType']);
    const types = listOf('probeTypes', when.probeTypes ?? [words.probeType ?? 'liveness']);
    const [first = {}, ...others] = types.map((type) => runOnce(words, type));
    for (const other of others) {
      if (JSON.stringify(other) !== JSON.stringify(first))
        throw new Error(`probe types differ: ${JSON.stringify([first, other])}`);
    }
    return first;
  },
};

function runOnce({ env, handlerError, handlerOutcome, probe }: Words, probeType: unknown): Words {
  const type = PROBE_TYPES.find((known) => known === probeType);
  // There is no such probe to run.
  if (type === undefined) return { result: 'failure', error: true };
  if (probe === null || probe === undefined) return { result: 'success', error: false };
  const command: RunProbe = {
    kind: 'RunProbe',
    run: 1,
    id: 'id',
    type,
    podIP: '127.0.0.1',
    container: containerOf({ env: envOf(env) }),
    probe: { timeoutSeconds: 1, ...probeHandlerOf(probe) } as Probe,
  };
  const executed: (readonly string[])[] = [];
  const answer = () => outcomeOf(handlerOutcome, handlerError);
  const exec = (_id: string, argv: readonly string[]) => {
    executed.push(argv);
    return answer();
  };
  const outcome = attemptProbe<ProbeOutcome>(command, { exec, http: answer, tcp: answer, grpc: answer }, '1.36');
  return {
    result: (countedResult(outcome) ?? 'Failure').toLowerCase(),
    error: outcome.result === 'Errored',
    executed: executed.at(-1),
  };
}

/** Returns the outcome of a handler. Outcomes that no handler of the kubelet has count as `unknown`. */
function outcomeOf(handlerOutcome: unknown, handlerError: unknown): ProbeOutcome {
  if (handlerError)
    return { result: 'Errored', state: handlerOutcome === 'failure' ? 'failure' : 'unknown', output: 'error' };
  const result = RESULTS.find((known) => known.toLowerCase() === handlerOutcome) ?? 'Unknown';
  return { result, output: '' };
}
