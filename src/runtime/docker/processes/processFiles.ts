/** A process, as the kernel describes it. Its pids are those of the reader's pid namespace. */
export interface ProcessFacts {
  readonly pid: number;
  readonly ppid: number;
  /** Its pid in its own pid namespace. */
  readonly innerPid: number;
  /** The pid of the process that started its session. */
  readonly session: number;
  /** The kernel's letter: `R`, `S`, `T`, … Source: proc_pid_status(5), `State`. */
  readonly state: string;
  /** Its command line, or the name of its program in brackets if it has none. */
  readonly args: string;
  /** Sets of signals, as hexadecimal numbers. */
  readonly blocked: string;
  readonly ignored: string;
  readonly caught: string;
}

const LENGTH_BYTES = 4;
// biome-ignore lint/suspicious/noControlCharactersInRegex: arguments may hold any of them, and end in one.
const CONTROL = /[\0-\x1f\x7f]+/g;

/**
 * Reads the files `status` and `cmdline` of a process.
 *
 * Source: proc_pid_status(5), proc_pid_cmdline(5).
 */
export function parseProcess(status: string, cmdline: string): ProcessFacts {
  const words = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1]?.split(/\s+/) ?? [];
  const field = (name: string) => words(name)[0] ?? '';
  return {
    pid: Number(field('Pid')),
    ppid: Number(field('PPid')),
    innerPid: Number(words('NSpid').at(-1)),
    session: Number(field('NSsid')),
    state: field('State'),
    args: cmdline.replace(CONTROL, ' ').trim() || `[${field('Name')}]`,
    blocked: field('SigBlk'),
    ignored: field('SigIgn'),
    caught: field('SigCgt'),
  };
}

/** Reads the output of the program `processes`. A process that exited before its status was read is left out. */
export function parseProcesses(written: Buffer): readonly ProcessFacts[] {
  const files = parseFiles(written);
  return files.flatMap((status, index) =>
    index % 2 === 0 && status !== '' ? [parseProcess(status, files[index + 1] ?? '')] : [],
  );
}

/** Reads the files in the output of the program `processes` or `sockets`. */
export function parseFiles(written: Buffer): readonly string[] {
  const files: string[] = [];
  for (let rest = written; rest.length >= LENGTH_BYTES; ) {
    const end = LENGTH_BYTES + rest.readUInt32LE();
    files.push(rest.toString('utf8', LENGTH_BYTES, end));
    rest = rest.subarray(end);
  }
  return files;
}
