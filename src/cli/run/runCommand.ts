import { NEVER } from '../../clock/instant';
import { jsonText } from '../../escaping/json';
import type { Style } from '../../gate/formats/paint';
import type { Tone } from '../../report/summary/liveSummary';
import type { Console } from '../console';
import { type ExitCode, FOUND, OK } from '../exitCode';
import { readTogether } from '../inputs';
import { parsePodRequest, type RawPodOptions } from '../podRequest';
import { UsageError } from '../usageError';
import { type ChosenWorkload, chooseWorkloads } from '../workloads';
import { follow } from './follow';
import { ENGINE_PODS, type HeldPod, type PodStarter } from './heldPod';
import { Keys } from './keys';

export interface RunCommandOptions extends RawPodOptions {
  readonly file: readonly string[];
  /** `Deployment/web`. Required if the manifests have several workloads. */
  readonly workload?: string;
  readonly events?: boolean;
  readonly logs?: boolean;
  /** Prints the Pod with its status at the end, instead of its rows. */
  readonly output?: 'json';
}

const STYLES: Readonly<Partial<Record<Tone, Style>>> = { row: 'bold', warning: 'yellow', aside: 'dim' };

/**
 * Runs the pod of a manifest and prints its status until it terminates or the user stops it. Returns 1 if it terminated
 * without success.
 *
 * @throws UsageError, ManifestError for invalid input.
 * @throws RuntimeError if the container engine fails.
 */
export async function runCommand(
  options: RunCommandOptions,
  console: Console,
  starter: PodStarter = ENGINE_PODS,
): Promise<ExitCode> {
  const request = parsePodRequest(options);
  const { file, workload, events = false, logs = false, output } = options;
  const read = await readTogether(file, console);
  const chosen = requireOne(chooseWorkloads(read, workload === undefined ? [] : [workload], request.images));
  const asJSON = output === 'json';
  const print = asJSON ? (line: string) => console.err(line) : createPrinter(console);
  try {
    const pod = await starter.start(chosen, request, (note) => console.err(`note: ${note}`));
    const { kubernetesVersion } = request;
    const show = follow(pod, { events, logs, kubernetesVersion }, print);
    try {
      const isStopped = await keepRunning(pod, show, console, () => asJSON && console.data(formatPod(pod)));
      return isStopped || pod.status.phase === 'Succeeded' ? OK : reportFailure(pod, console);
    } finally {
      await pod.remove();
    }
  } finally {
    starter.close();
  }
}

function requireOne(chosen: readonly ChosenWorkload[]): ChosenWorkload {
  const [one, ...others] = chosen;
  if (!one || others.length > 0) {
    const names = chosen.map(({ name }) => name).join(', ');
    throw new UsageError(`the manifest has ${chosen.length} workloads: ${names}. Choose one with --workload`);
  }
  return one;
}

function createPrinter(console: Console): (line: string, tone: Tone) => void {
  return (line, tone) => {
    const style = STYLES[tone];
    console.out(style && console.paint ? console.paint(style, line) : line);
  };
}

/**
 * Waits until the pod terminates or the user stops it, calls `onEnd`, and returns whether the user stopped it. The first
 * interrupt deletes the pod, and the second one, or a closed stdout, removes it immediately.
 */
async function keepRunning(pod: HeldPod, show: () => void, console: Console, onEnd: () => void): Promise<boolean> {
  let interrupts = 0;
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
      // A terminated pod keeps its result.
      if (!pod.ended) interrupts = 2;
      leave();
    });
    offInterrupt = console.onInterrupt?.(() => {
      interrupts += 1;
      if (interrupts === 1) {
        onEnd();
        console.err('deleting the pod. Press Ctrl-C again to remove it immediately');
        pod.delete().catch(reject);
      } else if (interrupts === 2) leave();
    });
  });
  try {
    offKeys = console.onKey?.((key) => void keys.press(key));
    if (offKeys) console.err(keys.help);
    await Promise.race([watch(), left]);
    if (pod.broken) throw pod.broken;
    if (interrupts === 0) onEnd();
    return interrupts > 0;
  } finally {
    isLeft = true;
    offKeys?.();
    offInterrupt?.();
    offLost?.();
  }
}

function reportFailure({ pod, status }: HeldPod, console: Console): ExitCode {
  const { phase, reason, message } = status;
  const why = [reason, message].filter((part) => part !== undefined && part !== '').join(': ');
  console.err(`pod ${pod.metadata.name} did not succeed: phase ${phase}${why && `, ${why}`}`);
  return FOUND;
}

/** Returns the pod with its current status, in the format of `kubectl get pod -o json`. */
function formatPod({ pod: { metadata, spec }, status }: HeldPod): string {
  return jsonText(
    { apiVersion: 'v1', kind: 'Pod', metadata, spec: omitEmptyLists(spec), status: omitEmptyLists(status) },
    2,
  );
}

/** Returns an object without its empty lists, like the API server. */
function omitEmptyLists(part: object): object {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));
}
