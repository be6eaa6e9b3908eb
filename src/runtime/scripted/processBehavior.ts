import { parseDuration } from '../../clock/duration';
import type { OnTerm, ScriptEntry, ScriptedAnswer, ScriptedExec } from './script';

/** What a process does at some moment: its entries up to then, folded. */
export interface Behaviour {
  readonly exec: Readonly<Record<string, ScriptedExec>>;
  readonly http: Readonly<Record<string, Readonly<Record<string, ScriptedAnswer>>>>;
  readonly tcp: Readonly<Record<string, 'open' | 'closed'>>;
  readonly grpc: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly files: Readonly<Record<string, string>>;
  readonly stdout: string;
  readonly tls: boolean;
  readonly onTerm?: OnTerm;
  readonly imagePull?: ScriptEntry['imagePull'];
  readonly imageUser?: string;
  readonly missing?: string;
  /** Stopped by a test: it takes connections, and answers none. */
  readonly isFrozen?: boolean;
  /** How long this holds, from the start of the run: until the next entry. */
  readonly untilMs: number;
}

const NOTHING: Behaviour = { exec: {}, http: {}, tcp: {}, grpc: {}, files: {}, stdout: '', tls: false, untilMs: 0 };

/** The entries that are for one run of a container, in the order of their times. */
export function entriesOfRun(entries: readonly ScriptEntry[], run: number): readonly TimedEntry[] {
  return entries
    .filter((entry) => isForRun(entry, run))
    .map((entry) => ({ ...entry, atMs: durationMs(entry.at) }))
    .sort((a, b) => a.atMs - b.atMs);
}

export interface TimedEntry extends ScriptEntry {
  readonly atMs: number;
}

/** What the entries come to `sinceMs` after the start of the run. */
export function behaviourAt(entries: readonly TimedEntry[], sinceMs: number): Behaviour {
  const untilMs = entries.find(({ atMs }) => atMs > sinceMs)?.atMs ?? Number.POSITIVE_INFINITY;
  const folded = entries.filter(({ atMs }) => atMs <= sinceMs).reduce(fold, NOTHING);
  return { ...folded, untilMs };
}

/** What a process does once it has got its stop signal. */
export function afterTerm(behaviour: Behaviour): Behaviour {
  const { exec, http } = behaviour.onTerm ?? {};
  return { ...behaviour, exec: { ...behaviour.exec, ...exec }, http: withPaths(behaviour.http, http) };
}

function withPaths(before: Behaviour['http'], ports: ScriptEntry['http'] = {}): Behaviour['http'] {
  const http = { ...before };
  for (const [port, paths] of Object.entries(ports)) http[port] = { ...http[port], ...paths };
  return http;
}

function fold(before: Behaviour, entry: ScriptEntry): Behaviour {
  const grpc = { ...before.grpc };
  for (const [port, services] of Object.entries(entry.grpc ?? {})) grpc[port] = { ...grpc[port], ...services };
  const onTerm = entry.onTerm ?? before.onTerm;
  const imagePull = entry.imagePull ?? before.imagePull;
  const imageUser = entry.imageUser ?? before.imageUser;
  const missing = entry.missing ?? before.missing;
  return {
    exec: { ...before.exec, ...entry.exec },
    http: withPaths(before.http, entry.http),
    tcp: { ...before.tcp, ...entry.tcp },
    grpc,
    files: { ...before.files, ...entry.writeFile },
    stdout: printed(before.stdout, entry.stdout),
    tls: entry.tls === undefined ? before.tls : true,
    ...(onTerm ? { onTerm } : {}),
    ...(imagePull ? { imagePull } : {}),
    ...(imageUser === undefined ? {} : { imageUser }),
    ...(missing === undefined ? {} : { missing }),
    untilMs: 0,
  };
}

/** Each text begins a line. Its last line has ended only if the text says so. */
function printed(before: string, text: string | undefined): string {
  if (text === undefined) return before;
  return before === '' || before.endsWith('\n') ? before + text : `${before}\n${text}`;
}

/** How long the engine takes to start the run. */
export function startLagOf(entries: readonly TimedEntry[]): number {
  return entries.reduce((lagMs, { startLag }) => (startLag === undefined ? lagMs : durationMs(startLag)), 0);
}

const KILLED = 137;

/** When and how the run ends by itself. With `endsOnOOM` an OOM kill of a child ends it as well. */
export function exitOf(
  entries: readonly TimedEntry[],
  endsOnOOM: boolean,
): { readonly atMs: number; readonly code: number } | undefined {
  const entry = entries.find(({ exit, oomKill }) => exit !== undefined || isLethal(oomKill, endsOnOOM));
  if (!entry) return undefined;
  return { atMs: entry.atMs, code: isLethal(entry.oomKill, endsOnOOM) ? KILLED : (entry.exit ?? KILLED) };
}

function isLethal(oomKill: ScriptEntry['oomKill'], endsOnOOM: boolean): boolean {
  return oomKill === 'main' || (oomKill === 'child' && endsOnOOM);
}

function isForRun({ run }: ScriptEntry, which: number): boolean {
  if (run === undefined) return true;
  const text = String(run);
  return text.endsWith('+') ? which >= Number(text.slice(0, -1)) : which === Number(text);
}

/** Milliseconds of a duration in a script. Throws a RangeError where it is none. */
export function durationMs(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) {
    throw new RangeError(
      `${JSON.stringify(text)} is no duration; write a number with its unit, as in "10s" or "1m30s"`,
    );
  }
  return ms;
}
