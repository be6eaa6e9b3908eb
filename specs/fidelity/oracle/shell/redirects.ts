import { readFile, writeFile } from './files';
import { expandOne } from './language/expand';
import { NotScriptable, type Redirect } from './language/syntax';
import type { Streams } from './process';
import type { Shell } from './shell';

/** Returns the streams of a command with redirections, or undefined if one of them fails, which the shell reports. */
export function redirect(shell: Shell, redirects: readonly Redirect[], outer: Streams): Streams | undefined {
  let streams: Streams | undefined = outer;
  for (const each of redirects) {
    const target = expandOne(each.target, shell, outer);
    streams = redirectOne(shell, streams, each, target);
    if (!streams) return undefined;
  }
  return streams;
}

function redirectOne(shell: Shell, streams: Streams, { fd, operator }: Redirect, target: string): Streams | undefined {
  const { process } = shell;
  const complain = (what: string, why: string) => {
    streams.error(`${shell.args[0]}: can't ${what} ${target}: ${why}\n`);
    return undefined;
  };
  if (operator === '>&') return duplicate(streams, fd, target);
  if (operator === '<') {
    const text = readFile(process, target);
    return text === undefined ? complain('open', 'no such file') : { ...streams, input: { text } };
  }
  const before = operator === '>>' ? (readFile(process, target) ?? '') : '';
  const why = writeFile(process, target, before);
  if (why !== undefined) return complain('create', why);
  const isLog = /^\/(dev\/|proc\/1\/fd)/.test(target) && target !== process.place.terminationLog;
  const write = (text: string) => {
    writeFile(process, target, isLog ? text : (readFile(process, target) ?? '') + text);
  };
  return fd === 2 ? { ...streams, error: write } : { ...streams, out: write };
}

function duplicate(streams: Streams, fd: number, target: string): Streams {
  if (target === '1') return { ...streams, error: fd === 2 ? streams.out : streams.error };
  if (target === '2') return { ...streams, out: fd === 1 ? streams.error : streams.out };
  throw new NotScriptable(`>&${target}`);
}
