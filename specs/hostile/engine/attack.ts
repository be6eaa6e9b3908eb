import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { podRunOf } from '../../../matchers/kernel/call/received';
import { NEVER } from '../../../src/clock/instant';
import { containersOf } from '../../../src/manifest/model';
import type { LivePod } from '../../../src/pod/live/livePod';
import { type RunPodOptions, runPod } from '../../../src/pod/live/runPod';
import { registry, removePods } from '../../../src/pod/shared/registry';
import { EngineMachine } from './engineMachine';
import { Loot } from './loot';

export const IMAGE = 'busybox:1.36';
/** The text that a script prints by {@link THROUGH}. */
export const CAME_THROUGH = 'CAME-THROUGH';
/** A script prints it if it reached a forbidden place. A command line that quotes it does not match `CAME_THROUGH`. */
export const THROUGH = 'CAME"-"THROUGH';
/** A script prints it at the end of its attempts. */
const TRIED = 'TRIED-ALL';
const PRINT_TRIED = 'echo TRIED"-"ALL';

export interface Attack {
  readonly spec: object;
  readonly options?: RunPodOptions;
  /** The number of exits or failed starts that end the attack. Default: 1. */
  readonly ends?: number;
  /** Does the rest of the attack while the pod runs. */
  readonly act?: (pod: LivePod) => Promise<unknown>;
}

/** Returns a container that runs a script as root. */
export function shell(script: string, more: object = {}): object {
  return { name: 'web', image: IMAGE, command: ['sh', '-c', `trap '${PRINT_TRIED}' EXIT\n${script}`], ...more };
}

/**
 * Returns a script that prepares an attack, fails, and continues as the next instance. It needs the volume of `STATE`.
 */
export function twice(before: string, after: string): string {
  return `if [ -e /state/again ]; then\n${after}\nelse\ntouch /state/again\n${before}\nexit 1\nfi`;
}

/** The volume and the mount that `twice` needs. */
export const STATE = {
  volume: { name: 'state', emptyDir: {} },
  mount: { name: 'state', mountPath: '/state' },
};

type Attacks = Readonly<Record<string, (loot: Loot) => Attack | Promise<Attack>>>;

/** Declares a test for each attack, which passes if the attack reaches nothing. */
export function attempts(all: Attacks): void {
  testEach(all, (spoils) => expect(spoils).toEqual([]));
}

/**
 * Declares tests with the same scripts and without a protection, for example because of `allow`. Each attack must
 * succeed here, or the tests of `attempts` could not fail.
 */
export function controls(all: Attacks): void {
  testEach(all, (spoils) => expect(spoils).not.toEqual([]));
}

function testEach(all: Attacks, judge: (spoils: readonly string[]) => void): void {
  let machine: EngineMachine;
  let loot: Loot;
  beforeAll(async () => {
    machine = await EngineMachine.reach();
  });
  beforeEach(async () => {
    loot = await Loot.hide(machine);
  });
  afterEach(async () => {
    for (const pod of registry().pods) void pod.remove();
    await loot[Symbol.asyncDispose]();
  });
  afterAll(async () => {
    removePods('file');
    await machine[Symbol.asyncDispose]();
  });

  test.each(Object.keys(all))('%s', async (name) => {
    const attack = await all[name]?.(loot);
    if (!attack) throw new Error(`no attack ${name}`);
    const seen = await outcomeOf(attack);
    // An attack that did not run, and was not blocked either, proves nothing.
    expect(seen).toMatch(new RegExp(`${TRIED}|BLOCKED|Failed|blocked`));
    judge(await spoils(loot, seen));
  });
}

/** Returns everything the attack could show: logs, events, status and errors. */
async function outcomeOf({ spec, options, ends = 1, act }: Attack): Promise<string> {
  const said: unknown[] = [];
  const metadata = { name: 'attack' };
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata, spec: { terminationGracePeriodSeconds: 1, ...spec } };
  let pod: LivePod;
  try {
    pod = await runPod(manifest, options);
  } catch (error) {
    return `BLOCKED ${String(error)}`;
  }
  try {
    if (act) said.push(await act(pod));
    else await untilOver(pod, ends);
  } catch (error) {
    said.push(String(error));
  }
  for (const { name } of containersOf(pod.pod.spec)) {
    for (const previous of [false, true]) said.push(await pod.container(name).logs({ previous }).catch(String));
  }
  said.push(JSON.stringify(pod.timeline.events), JSON.stringify(pod.status), String(pod.broken ?? ''));
  await pod.remove();
  return said.join('\n');
}

/** Waits until this number of containers has exited or failed to start, or the run is aborted. */
async function untilOver(pod: LivePod, ends: number): Promise<void> {
  while (pod.timeline.of('ContainerExited').length + pod.timeline.of('Failed').length < ends) {
    if (pod.broken || pod.ended) return;
    await podRunOf(pod).progress(NEVER);
  }
}

async function spoils(loot: Loot, seen: string): Promise<readonly string[]> {
  const leaks = [loot.secret, CAME_THROUGH].filter((text) => seen.includes(text));
  return [...leaks.map((text) => `seen: ${text}`), ...(await loot.changes()).map((name) => `changed: ${name}`)];
}
