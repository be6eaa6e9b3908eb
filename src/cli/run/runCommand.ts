import { NEVER } from '../../clock/instant';
import { jsonText } from '../../escaping/json';
import type { Style } from '../../gate/formats/paint';
import type { Tone } from '../../report/summary/liveSummary';
import type { Console } from '../console';
import { type ExitCode, FOUND, OK } from '../exitCode';
import { readTogether } from '../inputs';
import { podRequestFrom, type RawPodOptions } from '../podRequest';
import { UsageError } from '../usageError';
import { type Chosen, chosenIn } from '../workloads';
import { follow } from './follow';
import { type HeldPod, ON_ENGINE, type Stand } from './heldPod';
import { Keys } from './keys';

export interface RunCommandOptions extends RawPodOptions {
  readonly file: readonly string[];
  /** `Deployment/web`, where the manifests have several. */
  readonly workload?: string;
  readonly events?: boolean;
  readonly logs?: boolean;
  /** The Pod with its status in place of its rows, once it ends or somebody ends it. */
  readonly output?: 'json';
}

const STYLES: Readonly<Partial<Record<Tone, Style>>> = { row: 'bold', warning: 'yellow', aside: 'dim' };

/**
 * Keeps the pod of a manifest up, and tells of it as it goes, until it ends or somebody ends it; ends with 1 where it has
 * not succeeded by itself.
 *
 * @throws UsageError, ManifestError for what cannot be used.
 * @throws RuntimeError when the engine does not do its part.
 */
export async function runCommand(
  options: RunCommandOptions,
  console: Console,
  stand: Stand = ON_ENGINE,
): Promise<ExitCode> {
  const request = podRequestFrom(options);
  const { file, workload, events = false, logs = false, output } = options;
  const read = await readTogether(file, console);
  const chosen = theOne(chosenIn(read, workload === undefined ? [] : [workload], request.images));
  const asJSON = output === 'json';
  const tell = asJSON ? (line: string) => console.err(line) : painted(console);
  try {
    const pod = await stand.start(chosen, request, (note) => console.err(`note: ${note}`));
    const { kubernetesVersion } = request;
    const show = follow(pod, { events, logs, kubernetesVersion }, tell);
    try {
      const wasAsked = await keep(pod, show, console, () => asJSON && console.data(podAsJSON(pod)));
      return wasAsked || pod.status.phase === 'Succeeded' ? OK : failed(pod, console);
    } finally {
      await pod.remove();
    }
  } finally {
    stand.close();
  }
}

function theOne(chosen: readonly Chosen[]): Chosen {
  const [one, ...others] = chosen;
  if (!one || others.length > 0) {
    throw new UsageError(`name one with --workload: there are ${chosen.map(({ name }) => name).join(', ')}`);
  }
  return one;
}

function painted(console: Console): (line: string, tone: Tone) => void {
  return (line, tone) => {
    const style = STYLES[tone];
    console.out(style && console.paint ? console.paint(style, line) : line);
  };
}

/**
 * Keeps a pod until it ends by itself, or somebody ends it: asked once it is deleted, and its end rehearsed; asked again it
 * is removed at once, as if nothing more can be printed. Returns whether somebody asked. `onOver` is called before either.
 */
async function keep(pod: HeldPod, show: () => void, console: Console, onOver: () => void): Promise<boolean> {
  let asked = 0;
  let isLeft = false;
  const watch = async () => {
    for (; !isLeft; await pod.progress(NEVER)) {
      show();
      if (pod.ended || pod.broken) break;
    }
  };
  const keys = new Keys(pod, (line) => console.err(line));
  let offKeys: (() => void) | undefined;
  let offInterrupt: (() => void) | undefined;
  let offLost: (() => void) | undefined;
  const left = new Promise<void>((resolve, reject) => {
    const leave = () => {
      isLeft = true;
      pod.remove().then(resolve, reject);
    };
    offLost = console.onOutputLost?.(() => {
      // A pod that has ended keeps its result.
      if (!pod.ended) asked = 2;
      leave();
    });
    offInterrupt = console.onInterrupt?.(() => {
      asked += 1;
      if (asked === 1) {
        onOver();
        console.err('the pod is deleted, and ends as it would; Ctrl-C again removes it at once');
        pod.delete().catch(reject);
      } else if (asked === 2) leave();
    });
  });
  try {
    offKeys = console.onKey?.((key) => void keys.press(key));
    if (offKeys) console.err(keys.help);
    await Promise.race([watch(), left]);
    if (pod.broken) throw pod.broken;
    if (asked === 0) onOver();
    return asked > 0;
  } finally {
    isLeft = true;
    offKeys?.();
    offInterrupt?.();
    offLost?.();
  }
}

function failed({ pod, status }: HeldPod, console: Console): ExitCode {
  const { phase, reason, message } = status;
  const why = [reason, message].filter((part) => part !== undefined && part !== '').join(': ');
  console.err(`pod ${pod.metadata.name} has not succeeded: it is ${phase}${why && `, ${why}`}`);
  return FOUND;
}

/** The pod as `kubectl get pod -o json` shows it: as it runs, and what has become of it so far. */
function podAsJSON({ pod: { metadata, spec }, status }: HeldPod): string {
  return jsonText({ apiVersion: 'v1', kind: 'Pod', metadata, spec: shown(spec), status: shown(status) }, 2);
}

/** The API leaves out lists that are empty. */
function shown(part: object): object {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));
}
