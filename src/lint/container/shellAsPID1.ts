import { keptContainers } from '../../manifest/facts/parts';
import { plainCommands, type ShellCommand, shellCommand } from '../../manifest/facts/shell';
import { LEAST_GRACE_PERIOD_SECONDS } from '../../timing/rules';
import { rule } from '../rule';

// These shells replace themselves with the last command of a plain script: bash since 5.2 at least, zsh and ksh by design.
const REPLACE_THEMSELVES = ['bash', 'zsh', 'ksh'];

/** Checks only containers that are kept running. The kubelet rarely stops one that exits by itself. */
export const shellAsPID1 = rule('shell-as-pid-1', ({ pod: { spec } }) =>
  keptContainers(spec).flatMap(({ path, container }) => {
    const { command = [], args = [] } = container;
    const shell = shellCommand([...command, ...args]);
    if ((container.restartPolicy ?? spec.restartPolicy) !== 'Always' || !shell || handlesSignals(shell)) return [];
    const grace = spec.terminationGracePeriodSeconds ?? LEAST_GRACE_PERIOD_SECONDS;
    const isAlone = plainCommands(shell.script)?.length === 1;
    return [
      {
        path: path.child(command.includes(shell.script) ? 'command' : 'args'),
        severity: 'warning',
        why: `${formatSubject(shell, command.length === 0, isAlone)} stays PID 1, ignores SIGTERM and does not forward it: every stop takes the whole grace period of ${grace}s and ends with SIGKILL (137)`,
        fix: isAlone
          ? `put \`exec\` before the command: ${JSON.stringify(`exec ${shell.script.trim()}`)}`
          : 'put `exec` before the long-running program, so that it replaces the shell',
      },
    ];
  }),
);

function formatSubject({ shell }: ShellCommand, isArgs: boolean, isAlone: boolean): string {
  if (isArgs) return `unless the entrypoint of the image is a process manager, ${shell}`;
  return isAlone ? `unless the ${shell} of the image replaces itself, it` : shell;
}

function handlesSignals({ shell, script }: ShellCommand): boolean {
  if (/(?:^|[\s;&|(])(?:exec|trap)\s/.test(script)) return true;
  return REPLACE_THEMSELVES.includes(shell) && plainCommands(script) !== undefined;
}
