import type { Deed } from '../../gate/model/experiment';
import type { Subject } from '../../gate/model/subject';
import { containerNamed } from '../../manifest/model';
import { wholeStartLimit } from '../../timing/waits';
import { deletedTests } from './deletedTests';
import { leftAloneTests } from './leftAloneTests';
import { checkTest, describing, during, type Lines } from './specBlocks';
import { quoted } from './specText';

type DeedOf<Kind extends Deed['kind']> = Extract<Deed, { readonly kind: Kind }>;

/** What a life of the pod is asked in which that is done to it: a test for each check. */
export function lifeWith(subject: Subject, deed: Deed, isTyped: boolean): Lines {
  const { ms: readyMs } = wholeStartLimit(subject.pod.spec);
  switch (deed.kind) {
    case 'Nothing': {
      const life = { isTyped, before: [START], waitsMs: 0 };
      return describing('left alone', life, [...leftAloneTests(subject), deletedTests(subject, isTyped)]);
    }
    case 'AwaitEnd':
      return checkTest('restart-policy', undefined, [`const ${START}`, SUCCEEDS], 0);
    case 'Hang':
      return hang(deed, { isTyped, readyMs });
    case 'Crash':
      return crash(deed, { isTyped, readyMs });
    case 'StartSlowly':
      return startSlowly(subject, deed, readyMs);
    case 'HangBeside':
      return hangBeside(subject, deed, readyMs);
    case 'HangService': {
      const survives = `await expect(pod).toSurviveOutageOf(${quoted(deed.service)}, { for: ${during(deed.watchMs)} });`;
      const lines = [`const ${START}`, READY, survives];
      return checkTest('probe-independence', `while ${deed.service} hangs`, lines, 2 * readyMs + deed.watchMs);
    }
  }
}

const START = 'pod = await start();';
const READY = 'await expect(pod).toBecomeReady();';
const SUCCEEDS = "await expect(pod).toReachPhase('Succeeded');";

interface Life {
  readonly isTyped: boolean;
  readonly readyMs: number;
}

function hang({ container: name, restartMs, leaveMs }: DeedOf<'Hang'>, { isTyped, readyMs }: Life): Lines {
  const restarts = restartMs === undefined ? [] : [restart(name, restartMs, "because: 'liveness', ")];
  const leaves = leaveMs === undefined ? [] : [`await expect(pod).toLeaveEndpoints({ within: ${during(leaveMs)} });`];
  const noticed = restartMs === undefined ? [...leaves, `await ${container(name)}.thaw();`] : restarts;
  const noticeMs = restartMs ?? leaveMs ?? 0;
  const before = [START, READY, `await ${container(name)}.freeze();`];
  return describing(`${name} hangs`, { isTyped, before, waitsMs: readyMs }, [
    ...leaves.map((line) => checkTest('readiness-leaves-endpoints', name, [line], leaveMs ?? 0)),
    ...restarts.map((line) => checkTest('liveness-detects-hang', name, [line], noticeMs)),
    checkTest('recovers', name, [...noticed, READY], noticeMs + readyMs),
  ]);
}

function crash({ container: name, restartMs }: DeedOf<'Crash'>, { isTyped, readyMs }: Life): Lines {
  const restarts = restart(name, restartMs);
  const before = [START, READY, `await ${container(name)}.kill();`];
  return describing(`${name} crashes`, { isTyped, before, waitsMs: readyMs }, [
    checkTest('liveness-detects-crash', name, [restarts], restartMs),
    checkTest('recovers', name, [restarts, READY], restartMs + readyMs),
  ]);
}

function startSlowly({ pod: { spec } }: Subject, { container: name, slowMs }: DeedOf<'StartSlowly'>, readyMs: number) {
  const isInit = spec.initContainers.some((each) => each.name === name);
  const statuses = `pod.status.${isInit ? 'initContainerStatuses' : 'containerStatuses'}`;
  const lines = [
    `const ${START}`,
    `await expect(pod).toEmitEvent({ reason: 'Started', container: ${quoted(name)} });`,
    `await ${container(name)}.freeze();`,
    `if (${statuses}?.some((one) => one.name === ${quoted(name)} && one.started)) {`,
    `  console.warn(${quoted(`${name} was up before it could be slowed down: nothing is shown`)});`,
    '  return;',
    '}',
    watched(name, slowMs),
    `await ${container(name)}.thaw();`,
    READY,
  ];
  return checkTest('startup-gates', name, lines, slowMs + 2 * readyMs);
}

/** The watch of one is a watch of all: the others are only asked at its end. */
function hangBeside({ pod }: Subject, deed: DeedOf<'HangBeside'>, readyMs: number): Lines {
  const { container: name, watchMs } = deed;
  const [first = '', ...rest] = deed.others;
  const lines = [
    `const ${START}`,
    READY,
    `await ${container(name)}.freeze();`,
    ...(containerNamed(pod.spec, name)?.livenessProbe
      ? ['// Its own liveness probe may end this sooner; the gate has it hang for as long as others take to notice.']
      : []),
    watched(first, watchMs),
    ...rest.map((other) => `expect(pod).toHaveRestartCount(0, { container: ${quoted(other)} });`),
  ];
  return checkTest('probe-independence', `while ${name} hangs`, lines, readyMs + watchMs);
}

function container(name: string): string {
  return `pod.container(${quoted(name)})`;
}

function restart(name: string, ms: number, because = ''): string {
  return `await expect(pod).toRestart({ container: ${quoted(name)}, ${because}within: ${during(ms)} });`;
}

function watched(name: string, ms: number): string {
  return `await expect(pod).toRestartAtMost(0, { container: ${quoted(name)}, for: ${during(ms)} });`;
}
