import { containersOf, type Pod } from '../../../../src/manifest/model';
import { expand } from '../../../../src/manifest/values/expansion';
import type { AppScript, ScriptEntry } from '../../../../src/runtime/scripted/script';
import type { Timeline } from '../../../../src/timeline/timeline';
import { NotScriptable } from '../shell/language/syntax';
import { World } from '../shell/world';
import { appScript } from './appWords';
import { commandOf, imageOf } from './images';
import { type RunOf, runsOn } from './instances';
import { commandScript, handlerScript, hasProgram } from './shellScript';

/** The inputs of a script: its duration, and the random delays of its processes. */
export interface Playing {
  readonly kubernetesVersion: string;
  readonly endMs: number;
  /** Time until a server listens. On a busy node, the first probe may be earlier. */
  readonly appLagMs: number;
}

/** The number of drafts of a script before it fails. */
const MOST_DRAFTS = 300;

/**
 * Simulates a pod with the commands of its images and manifest, and returns the timeline. A command can wait for a
 * file, a signal or an earlier run, so the script is written again with the results of each simulation, until they no
 * longer change.
 * @throws NotScriptable if a command line says something that the interpreter does not know.
 *
 */
export function playScripted<T extends Pick<Timeline, 'events'>>(
  pod: Pod,
  playing: Playing,
  play: (script: AppScript) => T,
): T {
  let runs: readonly RunOf[] = [];
  let world = new World();
  let before = '';
  for (let draft = 0; draft < MOST_DRAFTS; draft += 1) {
    const next = new World(world);
    const script = scriptOf(pod, playing, runs, next);
    const timeline = play(script);
    const written = JSON.stringify([script, next.fingerprint]);
    if (written === before) return timeline;
    [before, world, runs] = [written, next, runsOn(timeline)];
  }
  throw new NotScriptable(`processes that depend on one another in a circle (${MOST_DRAFTS} drafts)`);
}

function scriptOf(pod: Pod, playing: Playing, known: readonly RunOf[], world: World): AppScript {
  const containers = containersOf(pod.spec);
  const script: Record<string, ScriptEntry[]> = Object.fromEntries(containers.map(({ name }) => [name, []]));
  const write = (run: RunOf, which: number | string, into: World) => {
    const container = containers.find(({ name }) => name === run.container);
    if (!container) return;
    const host = { pod, container, ...playing };
    const entries = [...processScript(host, run, into), ...handlerScript(host, run, into)];
    script[run.container]?.push(...entries.map((entry) => ({ ...entry, run: which })));
  };
  for (const run of known) write(run, run.run, world);
  // The runs after the last known one, as far as they are known.
  for (const { name } of containers) {
    const runs = known.filter(({ container }) => container === name);
    const startedMs = Math.max(0, ...known.map((run) => run.startedMs));
    const next = {
      container: name,
      run: runs.length + 1,
      startedMs,
      stopSignals: [],
      endedMs: undefined,
      commands: [],
    };
    write(next, `${next.run}+`, world.fork());
  }
  return script;
}

function processScript(host: Parameters<typeof commandScript>[1], run: RunOf, world: World): readonly ScriptEntry[] {
  const { pod, container } = host;
  const image = imageOf(container);
  if (!image) return [{ at: '0s', imagePull: { fails: refusedBy(container.image) } }];
  const node: ScriptEntry = { at: '0s', imagePull: 'present', imageUser: '0' };
  const environment = Object.fromEntries((container.env ?? []).map(({ name, value = '' }) => [name, value]));
  const [name = '', ...args] = expand(commandOf(container), environment);
  if (image.programs.includes(name)) {
    return [node, ...appScript(args, containersOf(pod.spec), host)];
  }
  if (!hasProgram(name)) return [{ ...node, missing: name }];
  return [node, ...commandScript([name, ...args], host, run, world)];
}

/** Returns the error of containerd for a registry whose port is closed. */
function refusedBy(image: string): string {
  const [, host = '', rest = '', tag = 'latest'] = /^([^/]+)\/([^:]+)(?::(.*))?$/.exec(image) ?? [];
  return (
    `failed to resolve reference "${image}": failed to do request: Head "http://${host}/v2/${rest}/manifests/${tag}": ` +
    `dial tcp ${host}: connect: connection refused`
  );
}
