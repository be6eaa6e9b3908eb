import { Ended, type Process, type Streams } from './process';

/** A command in the background: it has its own clock, and is known to its end when it begins. */
export interface Job {
  readonly pid: number;
  endsMs: number;
  code: number;
  /** Ends it by a signal, unless it has ended: what it would have done after is taken back. */
  readonly kill: (atMs: number, code: number) => void;
  /** Prints what it has written. */
  readonly flush: () => void;
}

/** Starts a command beside its shell. */
export function startJob(
  pid: number,
  parent: Process,
  streams: Streams,
  run: (process: Process, streams: Streams) => number,
): Job {
  const clock = { nowMs: parent.clock.nowMs };
  const written: { readonly text: string; readonly atMs: number }[] = [];
  const print = (text: string) => written.push({ text, atMs: clock.nowMs });
  const owner = `${parent.owner} ${pid} ${clock.nowMs}`;
  parent.world.begin(owner);
  const process: Process = { ...parent, clock, owner, log: (text, atMs) => written.push({ text, atMs }) };
  const job: Job = {
    pid,
    endsMs: Number.POSITIVE_INFINITY,
    code: 0,
    kill(atMs, code) {
      if (job.endsMs <= atMs) return;
      Object.assign(job, { endsMs: atMs, code });
      parent.world.cut(owner, atMs);
    },
    flush() {
      for (const { text, atMs } of written.splice(0)) if (atMs <= job.endsMs) parent.log(text, atMs);
    },
  };
  try {
    job.code = run(process, { ...streams, out: print, error: print });
    job.endsMs = clock.nowMs;
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
  }
  return job;
}
