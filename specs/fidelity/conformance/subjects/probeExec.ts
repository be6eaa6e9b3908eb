import { isGateOn } from '../../../../src/manifest/featureGates/featureGates';
import { runInContainer } from '../../../../src/probes/exec/dial';
import { judgeExec } from '../../../../src/probes/exec/judge';
import { type CommandResult, commandResult } from '../../../../src/probes/exec/result';
import { MAX_OUTPUT_BYTES } from '../../../../src/probes/limit';
import type { ExecResult } from '../../../../src/probes/ports';
import { versionWith } from '../timeline/scenario';
import { resultOf } from './outcome';
import { gatesOf, listOf, oneOf, SOURCE_VERSION, type Subject, textOf, type Words, wordsOf } from './words';

const kubernetesVersion = '1.36';

export const probeExec: Readonly<Record<string, Subject>> = {
  'probe.exec.run': async (given) => {
    const known = ['errorKind', 'exit', 'exitError', 'featureGates', 'message', 'output', 'runError'];
    const words = wordsOf('given', given, known);
    const gates = gatesOf(words.featureGates);
    return resultOf(
      judgeExec(commandResultOf(words), isGateOn(versionWith(gates, SOURCE_VERSION), gates, 'ExecProbeTimeout')),
    );
  },

  'exec.captureOutput': async (given) => {
    const { command, limitBytes, runError, stdout } = wordsOf('given', given, [
      'command',
      'limitBytes',
      'runError',
      'stdout',
    ]);
    const executed: (readonly string[])[] = [];
    const printed = textOf('stdout', stdout);
    const execInContainer = async (_id: string, argv: readonly string[]): Promise<ExecResult> => {
      executed.push(argv);
      if (runError === undefined || runError === null) return { kind: 'Exited', exitCode: 0, output: printed };
      return { kind: 'CouldNotRun', message: String(runError), output: printed };
    };
    const limit = limitBytes === undefined ? {} : { limitBytes: Number(limitBytes) };
    const argv = listOf('command', command ?? []).map(String);
    const { output, error } = await runInContainer(execInContainer, 'id', argv, { kubernetesVersion, ...limit });
    return { executed: executed.at(-1), output, outputBytes: Buffer.byteLength(output), error: error?.message ?? null };
  },
};

/** Returns the result of a command. `runError` is an error of the runtime, of the kind `timeout` or any other. */
function commandResultOf(words: Words): CommandResult {
  const output = textOf('output', words.output);
  if (words.runError === undefined || words.runError === null) {
    return commandResult(
      [],
      { kind: 'Exited', exitCode: exitCodeOf(words), output },
      { kubernetesVersion, limitBytes: MAX_OUTPUT_BYTES },
    );
  }
  const said = words.message === undefined ? '' : `: ${words.message}`;
  const kind = oneOf('errorKind', words.errorKind ?? 'other', ['timeout', 'other']);
  return {
    output,
    error: { kind: kind === 'timeout' ? 'TimedOut' : 'CouldNotRun', message: `${words.runError}${said}` },
  };
}

function exitCodeOf({ exit, exitError }: Words): number {
  if (exitError === undefined || exitError === null) return Number(exit ?? 0);
  return Number(wordsOf('exitError', exitError, ['status']).status);
}
