import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** The unit of /proc on all Linux machines. Source: proc(5), sysconf(3) `_SC_CLK_TCK`. */
const TICKS_PER_SECOND = 100;
const LOOK_EVERY_MS = 100;

export interface Used {
  /** User and system time. */
  readonly cpuMs: number;
  readonly residentMB: number;
  /** True if only its entry in the process table is left. */
  readonly isOver: boolean;
}

/** Returns the resources that a process has used, or undefined if it has exited or the machine has no /proc. */
export function usedBy(pid: number): Used | undefined {
  try {
    const fields = fieldsOf(pid);
    const [user, system] = fields.slice(11, 13);
    const [, kB = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return { cpuMs: inMs(user, system), residentMB: Number(kB) / 1_024, isOver: fields[0] === 'Z' };
  } catch {
    return undefined;
  }
}

/** Returns a process with its children and their descendants. */
function familyOf(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      parents.set(Number(name), Number(fieldsOf(Number(name))[1]));
    } catch {
      // It has exited.
    }
  }
  const family = [pid];
  // Descendants are searched too.
  for (const one of family) for (const [child, parent] of parents) if (parent === one) family.push(child);
  return family;
}

/** Returns the process that runs the pods of this process. */
export function agentOf(pid: number): number {
  const agent = familyOf(pid).find((each) => readFileSync(`/proc/${each}/cmdline`, 'utf8').includes('agent.mjs'));
  if (agent === undefined) throw new Error('no agent is running');
  return agent;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  readonly tookMs: number;
  /**
   * CPU time of the program and all processes that it started, including those that outlive it. Undefined without
   * /proc.
   */
  readonly cpuMs: number | undefined;
}

/** Runs a Node program to its end. Nothing else may be run at the same time: its processor time would count as well. */
export async function runWatched(
  argv: readonly string[],
  { cwd = process.cwd(), env = process.env }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  const from = performance.now();
  const before = usedByChildren(process.pid);
  const child = spawn(process.execPath, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const { pid = 0 } = child;
  // Its own time and that of its children that have ended; what each of the others has used so far.
  let own = 0;
  let others = new Map<number, number>();
  const timer = setInterval(() => {
    own = (usedBy(pid)?.cpuMs ?? own) + (usedByChildren(pid) ?? 0);
    others = new Map(familyOf(pid).flatMap((each) => (each === pid ? [] : [[each, usedBy(each)?.cpuMs ?? 0]])));
  }, LOOK_EVERY_MS);
  const [exitCode] = await once(child, 'exit');
  clearInterval(timer);
  const tookMs = performance.now() - from;
  const after = usedByChildren(process.pid);
  const known = { exitCode, output: (await output).join(''), tookMs };
  if (before === undefined || after === undefined) return { ...known, cpuMs: undefined };
  const othersMs = await usedToTheEnd(others);
  // Its own time already contains the children that it waited for.
  const isCounted = after - before - own >= othersMs;
  return { ...known, cpuMs: after - before + (isCounted ? 0 : othersMs) };
}

/** Returns the resources that processes used, including processes that still run. */
async function usedToTheEnd(used: Map<number, number>): Promise<number> {
  for (let left = [...used.keys()]; left.length > 0; await sleep(LOOK_EVERY_MS)) {
    left = left.filter((pid) => {
      const now = usedBy(pid);
      if (now) used.set(pid, now.cpuMs);
      return now !== undefined && !now.isOver;
    });
  }
  return [...used.values()].reduce((sum, ms) => sum + ms, 0);
}

/** Returns the CPU time of the exited children of a process, and of their descendants. */
function usedByChildren(pid: number): number | undefined {
  try {
    const [user, system] = fieldsOf(pid).slice(13, 15);
    return inMs(user, system);
  } catch {
    return undefined;
  }
}

/** Runs a program of the benchmarks in a separate process, and resolves to its output as JSON. */
export async function told<T>(program: string, args: readonly string[] = []): Promise<T> {
  const file = new URL(`./programs/${program}.mts`, import.meta.url).pathname;
  const { exitCode, output } = await runWatched([file, ...args]);
  if (exitCode !== 0) throw new Error(`${program} exited with ${exitCode}:\n${output}`);
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as T;
}

/** Returns the fields of /proc/<pid>/stat after the command name, which can contain spaces: state, parent, … */
function fieldsOf(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function inMs(user = '0', system = '0'): number {
  return ((Number(user) + Number(system)) * 1_000) / TICKS_PER_SECOND;
}
