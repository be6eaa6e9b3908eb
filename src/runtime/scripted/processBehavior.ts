import { parseDuration } from '../../clock/duration';
import type { OnTerm, ScriptEntry, ScriptedAnswer, ScriptedExec } from './script';

/** The behavior of a process at an instant: its entries until then, folded. */
export interface ProcessBehavior {
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
  /** True if a test has frozen it: it accepts connections and responds to none. */
  readonly isFrozen?: boolean;
  /** The end of this behavior, from the start of the run: the next entry. */
  readonly untilMs: number;
}

const NOTHING: ProcessBehavior = {
  exec: {},
  http: {},
  tcp: {},
  grpc: {},
  files: {},
  stdout: '',
  tls: false,
  untilMs: 0,
};

/** Returns the entries for one run of a container, in the order of their times. */
export function entriesOfRun(entries: readonly ScriptEntry[], run: number): readonly TimedEntry[] {
  return entries
    .filter((entry) => isForRun(entry, run))
    .map((entry) => ({ ...entry, atMs: durationMs(entry.at) }))
    .sort((a, b) => a.atMs - b.atMs);
}

export interface TimedEntry extends ScriptEntry {
  readonly atMs: number;
}

/** Returns the behavior `sinceMs` after the start of the run. */
export function behaviorAt(entries: readonly TimedEntry[], sinceMs: number): ProcessBehavior {
  const untilMs = entries.find(({ atMs }) => atMs > sinceMs)?.atMs ?? Number.POSITIVE_INFINITY;
  const folded = entries.filter(({ atMs }) => atMs <= sinceMs).reduce(fold, NOTHING);
  return { ...folded, untilMs };
}

/** Returns the behavior of a process after its stop signal. */
export function afterTerm(behavior: ProcessBehavior): ProcessBehavior {
  const { exec, http } = behavior.onTerm ?? {};
  return { ...behavior, exec: { ...behavior.exec, ...exec }, http: withPaths(behavior.http, http) };
}

function withPaths(before: ProcessBehavior['http'], ports: ScriptEntry['http'] = {}): ProcessBehavior['http'] {
  const http = { ...before };
  for (const [port, paths] of Object.entries(ports)) http[port] = { ...http[port], ...paths };
  return http;
}

function fold(before: ProcessBehavior, entry: ScriptEntry): ProcessBehavior {
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
    stdout: appendText(before.stdout, entry.stdout),
    tls: entry.tls === undefined ? before.tls : true,
    ...(onTerm ? { onTerm } : {}),
    ...(imagePull ? { imagePull } : {}),
    ...(imageUser === undefined ? {} : { imageUser }),
    ...(missing === undefined ? {} : { missing }),
    untilMs: 0,
  };
}

/**
 * Returns the output with another text, which starts a new line. The text's last line ends only if the text ends in a
 * newline.
 */
function appendText(before: string, text: string | undefined): string {
  if (text === undefined) return before;
  return before === '' || before.endsWith('\n') ? before + text : `${before}\n${text}`;
}

/** Returns the time that the engine takes to start the run. */
export function findStartLag(entries: readonly TimedEntry[]): number {
  return entries.reduce((lagMs, { startLag }) => (startLag === undefined ? lagMs : durationMs(startLag)), 0);
}

const KILLED = 137;

/** Returns when and how the run exits without a signal. An OOM kill of a child also ends it if `endsOnOOM` is set. */
export function findExit(
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

/**
 * Returns the milliseconds of a duration in a script.
 *
 * @throws RangeError if it is not a duration.
 */
export function durationMs(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) {
    throw new RangeError(
      `${JSON.stringify(text)} is not a duration. Write a number with its unit, for example "10s" or "1m30s"`,
    );
  }
  return ms;
}
