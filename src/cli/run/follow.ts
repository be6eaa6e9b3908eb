import { printable } from '../../escaping/terminal';
import { containersOf } from '../../manifest/model';
import { LiveSummary, type Tone } from '../../report/summary/liveSummary';
import type { OutputLine } from '../../timeline/output';
import type { HeldPod } from './heldPod';

/** Output of a pod besides its rows. */
export interface FollowOptions {
  /** True if its events are printed, like `kubectl get events -w`. */
  readonly events: boolean;
  /** True if its logs are printed, like `kubectl logs --prefix`. */
  readonly logs: boolean;
  readonly kubernetesVersion: string;
}

/** Returns a function that prints what happened to a pod since its last call. */
export function follow(
  pod: HeldPod,
  { events, logs, kubernetesVersion }: FollowOptions,
  print: (line: string, tone: Tone) => void,
): () => void {
  const isPrinted = (tone: Tone) => events || tone === 'row' || tone === 'aside';
  const summary = new LiveSummary((line, tone) => isPrinted(tone) && print(line, tone), 'you');
  const read = summary.follow(pod.pod, kubernetesVersion);
  const readLines = logs ? createLineReader(pod) : () => [];
  let count = 0;
  return () => {
    const newEvents = pod.timeline.events.slice(count);
    count += newEvents.length;
    read(newEvents);
    for (const { container, text } of readLines()) {
      print(`[pod/${pod.pod.metadata.name}/${container}] ${printable(text)}`.trimEnd(), 'normal');
    }
  };
}

/** Returns a function that returns the lines since its last call, as far as the timeline still has them. */
function createLineReader({ pod, timeline }: HeldPod): () => readonly OutputLine[] {
  const last = new Map<string, OutputLine>();
  return () =>
    containersOf(pod.spec)
      .flatMap(({ name }) => {
        const lines = timeline.output.of(name);
        const before = last.get(name);
        const newLines = before ? lines.slice(lines.lastIndexOf(before) + 1) : lines;
        const newest = newLines.at(-1);
        if (newest) last.set(name, newest);
        return newLines;
      })
      .sort((a, b) => a.at - b.at);
}
