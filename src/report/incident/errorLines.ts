import type { OutputLine } from '../../timeline/output';

/** Words by which programs and runtimes report an error. */
const ERROR =
  /\b(?:error|exception|fatal|panic|traceback|critical|severe|emerg|caused by|refused|denied|cannot|can't|could not|couldn't|unable to|failed|failure|not found|no such|invalid|unrecognized|out of memory|segmentation fault|abort(?:ed|ing)|E[A-Z]{4,})\b|(?:Error|Exception|Errno)\b/i;
/** A frame of a stack, which follows the error. */
const FRAME = /^\s+(?:at |File "|from |\.\.\. \d+ more)|^\s+\S+\.go:\d+/;
const SHOWN = 3;

/**
 * Returns the newest lines that carry an error, each text once, without those that are among `shown`. Frames of a stack
 * are left out.
 */
export function errorLines(lines: readonly OutputLine[], shown: readonly OutputLine[] = []): readonly OutputLine[] {
  const found = new Map<string, OutputLine>();
  for (const line of lines) {
    if (!ERROR.test(line.text) || FRAME.test(line.text)) continue;
    // Times and counters differ from line to line.
    const kind = line.text.replace(/\d+/g, '');
    found.delete(kind);
    found.set(kind, line);
  }
  return [...found.values()].filter((line) => !shown.includes(line)).slice(-SHOWN);
}
