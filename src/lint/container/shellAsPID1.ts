import { keptContainers } from '../../manifest/facts/parts';
import { plainCommands, type ShellCommand, shellCommand } from '../../manifest/facts/shell';
import { LEAST_GRACE_PERIOD_SECONDS } from '../../timing/rules';
import { rule } from '../rule';

// These become the last command of a plain script themselves: seen with bash 5.2; zsh and ksh do so by design.
const REPLACE_THEMSELVES = ['bash', 'zsh', 'ksh'];

/** Only of containers that are kept running: one that ends by itself is seldom stopped. */
export const shellAsPID1 = rule('shell-as-pid-1', ({ pod: { spec } }) =>
  keptContainers(spec).flatMap(({ path, container }) => {
    const { command = [], args = [] } = container;
    const shell = shellCommand([...command, ...args]);
    if ((container.restartPolicy ?? spec.restartPolicy) !== 'Always' || !shell || passesSignalsOn(shell)) return [];
    const grace = spec.terminationGracePeriodSeconds ?? LEAST_GRACE_PERIOD_SECONDS;
    const alone = plainCommands(shell.script)?.length === 1;
    return [
      {
        path: path.child(command.includes(shell.script) ? 'command' : 'args'),
        severity: 'warning',
        why: `${subject(shell, command.length === 0, alone)} stays PID 1, which neither heeds SIGTERM nor passes it on: every stop takes the whole grace of ${grace}s and ends in SIGKILL (137)`,
        right: alone
          ? `\`exec\` before the command: ${JSON.stringify(`exec ${shell.script.trim()}`)}`
          : '`exec` before the program that is to stay, so that it takes the place of the shell',
      },
    ];
  }),
);

function subject({ shell }: ShellCommand, isArgs: boolean, isAlone: boolean): string {
  if (isArgs) return `unless the image's entrypoint is a process manager, ${shell}`;
  return isAlone ? `unless the image's ${shell} happens to replace itself, it` : shell;
}

function passesSignalsOn({ shell, script }: ShellCommand): boolean {
  if (/(?:^|[\s;&|(])(?:exec|trap)\s/.test(script)) return true;
  return REPLACE_THEMSELVES.includes(shell) && plainCommands(script) !== undefined;
}
