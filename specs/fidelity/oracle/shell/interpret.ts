import { Leave } from './builtins';
import { expandOne, expandWords, matches } from './language/expand';
import type { Command } from './language/syntax';
import type { Streams } from './process';
import { redirect } from './redirects';
import type { Shell } from './shell';

type Kind<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;

/** Carries out a command of a shell and returns its exit code. */
export function interpret(shell: Shell, command: Command, streams: Streams): number {
  switch (command.kind) {
    case 'list':
      return list(shell, command, streams);
    case 'both': {
      const left = shell.condition(command.left, streams);
      return (left === 0) === (command.operator === '&&') ? shell.execute(command.right, streams) : left;
    }
    case 'not':
      return shell.condition(command.command, streams) === 0 ? 1 : 0;
    case 'pipe': {
      const input = { text: '' };
      const out = (text: string) => {
        input.text += text;
      };
      shell.child(command.left, { ...streams, out });
      return shell.child(command.right, { ...streams, input });
    }
    case 'subshell':
      return shell.child(command.body, streams);
    case 'if':
      for (const { condition, body } of command.branches) {
        if (shell.condition(condition, streams) === 0) return shell.execute(body, streams);
      }
      return command.otherwise ? shell.execute(command.otherwise, streams) : 0;
    case 'loop': {
      const goesOn = () => (shell.condition(command.condition, streams) === 0) !== command.until;
      return loop(shell, goesOn, command.body, streams);
    }
    case 'for':
      return forEach(shell, command, streams);
    case 'case': {
      const word = expandOne(command.word, shell, streams);
      const isMatch = ({ patterns }: (typeof command.branches)[number]) =>
        patterns.some((each) => matches(each, word, shell, streams));
      const branch = command.branches.find(isMatch);
      return branch ? shell.execute(branch.body, streams) : 0;
    }
    case 'function':
      shell.functions.set(command.name, command.body);
      return 0;
    case 'redirected': {
      const redirected = redirect(shell, command.redirects, streams);
      return redirected ? interpret(shell, command.command, redirected) : 1;
    }
    case 'simple':
      return simple(shell, command, streams);
  }
}

function list(shell: Shell, { commands }: Kind<'list'>, streams: Streams): number {
  for (const { command, inBackground } of commands) {
    if (inBackground) shell.startJob(command, streams);
    else shell.execute(command, streams);
  }
  return commands.length === 0 ? 0 : shell.status;
}

function loop(shell: Shell, goesOn: () => boolean, body: Command, streams: Streams): number {
  let code = 0;
  while (goesOn()) {
    shell.count();
    try {
      code = shell.execute(body, streams);
    } catch (leave) {
      if (!(leave instanceof Leave) || leave.what === 'return') throw leave;
      if (leave.levels > 1) throw new Leave(leave.what, leave.levels - 1);
      if (leave.what === 'break') break;
    }
  }
  return code;
}

function forEach(shell: Shell, { name, words, body }: Kind<'for'>, streams: Streams): number {
  const values = [...(words ? expandWords(words, shell, streams) : shell.args.slice(1))];
  const take = () => {
    const value = values.shift();
    if (value !== undefined) shell.variables.set(name, value);
    return value !== undefined;
  };
  return loop(shell, take, body, streams);
}

function simple(shell: Shell, { assigns, words }: Kind<'simple'>, streams: Streams): number {
  shell.count();
  const [name, ...args] = expandWords(words, shell, streams);
  // The exit code is that of a substitution, if there is no command.
  if (name === undefined) shell.status = 0;
  for (const { name: variable, value } of assigns) shell.variables.set(variable, expandOne(value, shell, streams));
  const code = name === undefined ? shell.status : shell.call(name, args, streams);
  shell.handleSignals(streams);
  shell.leaveOnFailure(code);
  return code;
}
