import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** Of Linux' /proc, on every machine there is. Source: proc(5), sysconf(3) `_SC_CLK_TCK`. */
const TICKS_PER_SECOND = 100;
const LOOK_EVERY_MS = 100;

export interface Used {
  /** User and system time. */
  readonly cpuMs: number;
  readonly residentMB: number;
}

/** What a process has used so far; undefined where it is gone, or the machine has no /proc. */
export function usedBy(pid: number): Used | undefined {
  try {
    const [user, system] = fieldsOf(pid).slice(11, 13);
    const [, kB] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return { cpuMs: inMs(user, system), residentMB: Number(kB) / 1_024 };
  } catch {
    return undefined;
  }
}

/** A process, its children and theirs. */
function familyOf(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      parents.set(Number(name), Number(fieldsOf(Number(name))[1]));
    } catch {
      // It has gone meanwhile.
    }
  }
  const family = [pid];
  // Those that are found are looked through as well.
  for (const one of family) for (const [child, parent] of parents) if (parent === one) family.push(child);
  return family;
}

/** The process that plays the pods of this one. */
export function agentOf(pid: number): number {
  const agent = familyOf(pid).find((each) => readFileSync(`/proc/${each}/cmdline`, 'utf8').includes('agent.mjs'));
  if (agent === undefined) throw new Error('no agent runs');
  return agent;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  readonly tookMs: number;
  /** Of the program and all it has started, those included that outlive it; undefined without /proc. */
  readonly cpuMs: number | undefined;
}

/** Runs a Node program to its end. Nothing else may be run at the same time: its processor time would count as well. */
export async function watched(
  argv: readonly string[],
  { cwd = process.cwd(), env = process.env }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const from = performance.now();
  const childrenBefore = usedByEndedChildren();
  const child = spawn(process.execPath, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  let family: readonly number[] = [];
  const timer = setInterval(() => {
    family = familyOf(child.pid ?? 0).slice(1);
  }, LOOK_EVERY_MS);
  const [exitCode] = await once(child, 'exit');
  clearInterval(timer);
  const tookMs = performance.now() - from;
  const orphansMs = await usedToTheEnd(family);
  const childrenAfter = usedByEndedChildren();
  const cpuMs =
    childrenBefore === undefined || childrenAfter === undefined ? undefined : childrenAfter - childrenBefore;
  return {
    exitCode,
    output: (await output).join(''),
    tookMs,
    cpuMs: cpuMs === undefined ? undefined : cpuMs + orphansMs,
  };
}

/** What those processes have used in the end that are still there: nobody counts them among their children any more. */
async function usedToTheEnd(pids: readonly number[]): Promise<number> {
  const used = new Map<number, number>();
  for (let left = pids; left.length > 0; await sleep(LOOK_EVERY_MS)) {
    left = left.filter((pid) => {
      const now = usedBy(pid);
      if (now) used.set(pid, now.cpuMs);
      return now !== undefined;
    });
  }
  return [...used.values()].reduce((sum, ms) => sum + ms, 0);
}

/** The processor time of this process' children that have ended, and of theirs. */
function usedByEndedChildren(): number | undefined {
  try {
    const [user, system] = fieldsOf(process.pid).slice(13, 15);
    return inMs(user, system);
  } catch {
    return undefined;
  }
}

/** Runs one of the bench's own programs, in a process of its own; resolves to what it printed, as JSON. */
export async function told<T>(program: string, args: readonly string[] = []): Promise<T> {
  const file = new URL(`./programs/${program}.mts`, import.meta.url).pathname;
  const { exitCode, output } = await watched([file, ...args]);
  if (exitCode !== 0) throw new Error(`${program} ended with ${exitCode}:\n${output}`);
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as T;
}

/** The fields of /proc/<pid>/stat after the command's name, which may itself hold spaces: state, parent, … */
function fieldsOf(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function inMs(user = '0', system = '0'): number {
  return ((Number(user) + Number(system)) * 1_000) / TICKS_PER_SECOND;
}
