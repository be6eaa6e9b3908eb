import path from 'node:path';
import type { LifecycleHandler } from '../model';
import { plainCommands, shellCommand } from './shell';

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Returns how long a hook sleeps, in seconds, by the `sleep` action, the program `sleep`, or a script that runs it.
 * Returns undefined if it does not sleep or the time is unknown.
 */
export function sleptSeconds({ sleep, exec }: LifecycleHandler): number | undefined {
  if (sleep) return sleep.seconds;
  if (!exec) return undefined;
  const shell = shellCommand(exec.command);
  const commands = shell ? plainCommands(shell.script)?.map((command) => command.split(/\s+/)) : [exec.command];
  const slept = commands?.map(sleepOf).filter((seconds) => seconds !== undefined) ?? [];
  return slept.length === 0 ? undefined : slept.reduce((sum, seconds) => sum + seconds, 0);
}

function sleepOf([program = '', ...times]: readonly string[]): number | undefined {
  if (path.posix.basename(program) !== 'sleep' || times.length === 0) return undefined;
  const seconds = times.map((time) => /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(time));
  if (seconds.includes(null)) return undefined;
  return seconds.reduce((sum, found) => sum + Number(found?.[1]) * (UNITS[found?.[2] || 's'] ?? 1), 0);
}
