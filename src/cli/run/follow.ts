import { printable } from '../../escaping/terminal';
import { containersOf } from '../../manifest/model';
import { LiveSummary, type Tone } from '../../report/summary/liveSummary';
import type { OutputLine } from '../../timeline/output';
import type { HeldPod } from './heldPod';

/** What is shown of a pod besides its rows. */
export interface Shown {
  /** What `kubectl get events -w` would show. */
  readonly events: boolean;
  /** What its containers write, as `kubectl logs --prefix` shows it. */
  readonly logs: boolean;
  readonly kubernetesVersion: string;
}

/** Tells of a pod what has come since the last call. */
export function follow(
  pod: HeldPod,
  { events, logs, kubernetesVersion }: Shown,
  tell: (line: string, tone: Tone) => void,
): () => void {
  const isShown = (tone: Tone) => events || tone === 'row' || tone === 'aside';
  const story = new LiveSummary((line, tone) => isShown(tone) && tell(line, tone), 'you');
  const read = story.follow(pod.pod, kubernetesVersion);
  const written = logs ? newLines(pod) : () => [];
  let told = 0;
  return () => {
    const news = pod.timeline.events.slice(told);
    told += news.length;
    read(news);
    for (const { container, text } of written()) {
      tell(`[pod/${pod.pod.metadata.name}/${container}] ${printable(text)}`.trimEnd(), 'normal');
    }
  };
}

/** The lines that have been written since the last call, as far as they are kept. */
function newLines({ pod, timeline }: HeldPod): () => readonly OutputLine[] {
  const last = new Map<string, OutputLine>();
  return () =>
    containersOf(pod.spec)
      .flatMap(({ name }) => {
        const lines = timeline.output.of(name);
        const before = last.get(name);
        const news = before ? lines.slice(lines.lastIndexOf(before) + 1) : lines;
        const newest = news.at(-1);
        if (newest) last.set(name, newest);
        return news;
      })
      .sort((a, b) => a.at - b.at);
}
