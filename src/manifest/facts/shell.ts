import path from 'node:path';

/** A command line that is a shell with a script: `sh -c "…"`. */
export interface ShellCommand {
  /** `sh`, `bash` … */
  readonly shell: string;
  readonly script: string;
}

const SHELLS = ['sh', 'ash', 'bash', 'dash', 'ksh', 'zsh'];

export function shellCommand([program = '', ...rest]: readonly string[]): ShellCommand | undefined {
  const shell = path.posix.basename(program);
  if (!SHELLS.includes(shell)) return undefined;
  let isScript = false;
  for (let index = 0; index < rest.length; index += 1) {
    const argument = rest[index] ?? '';
    if (!/^[-+]/.test(argument)) return isScript ? { shell, script: argument } : undefined;
    if (argument.startsWith('--')) continue;
    if (argument.includes('c')) isScript = true;
    // `-o pipefail`
    if (argument.includes('o')) index += 1;
  }
  return undefined;
}

const COMPOUND = /[|&(){}`<>]|(?:^|[\s;])(?:if|then|else|for|while|until|case|do|done|select|function)(?=[\s;]|$)/;

/** Returns the commands of a script in their order; undefined if they do not simply follow each other. */
export function plainCommands(script: string): readonly string[] | undefined {
  if (COMPOUND.test(script.replaceAll('&&', ';'))) return undefined;
  return script
    .split(/;|&&|\n/)
    .map((command) => command.trim())
    .filter((command) => command !== '' && !command.startsWith('#'));
}
