import { clientsOf } from '../../gate/model/clients';
import type { Assertion } from '../../gate/model/experiment';
import { runningContainers, type Subject } from '../../gate/model/subject';
import { isSidecar } from '../../manifest/model';
import { during, type Lines } from './specBlocks';
import { quoted } from './specText';

/** What a printed assertion is about, and how long it is waited for or watched. */
interface Printed {
  readonly ms: number;
  readonly on: 'pod' | 'gone';
}

/** Returns an assertion as a matcher call, or as several. */
export function formatAssertion(subject: Subject, assertion: Assertion, { ms, on }: Printed): Lines {
  const { spec } = subject.pod;
  const awaited = (call: string): Lines => [`await expect(${on}).${call};`];
  switch (assertion.kind) {
    case 'startup':
    case 'recovered':
      return awaited('toBecomeReady()');
    case 'steadyState':
      return awaited(`toStayReady({ for: ${during(ms)} })`);
    // It ends a wait of the gate, and is no test.
    case 'recoveredByItself':
      return [];
    case 'initialized':
      return initialized(subject);
    case 'running':
      return awaited(`toEmitEvent({ reason: 'Started', container: ${quoted(assertion.container)} })`);
    case 'keptDuringStartup':
      return keptDuringStartup(subject, assertion.container, ms);
    case 'restarted': {
      const { container, because } = assertion;
      const which = [
        ...(container === undefined ? [] : [`container: ${quoted(container)}`]),
        ...(because === undefined ? [] : [`because: ${quoted(because)}`]),
      ];
      return awaited(`toRestart({ ${[...which, `within: ${during(ms)}`].join(', ')} })`);
    }
    case 'restartsAtMost':
      return runningContainers(subject).map(({ name }) => unrestarted(name));
    case 'stoodBy': {
      const [first = '', ...rest] = assertion.containers;
      return [watched(first, ms), ...rest.map(unrestarted)];
    }
    case 'leftByReadiness':
      return awaited(`toLeaveEndpoints({ within: ${during(ms)} })`);
    case 'phase':
      return awaited(`toReachPhase(${quoted(assertion.phase)})`);
    case 'ranHook': {
      const { hook, container = spec.containers[0]?.name ?? '' } = assertion;
      return awaited(`toRunHook(${quoted(hook)}, { container: ${quoted(container)}, since: 'start' })`);
    }
    case 'stoppedInGrace':
      return awaited('toTerminateGracefully()');
    case 'dropsNoRequests':
      return clientsOf(subject).some(({ targets: [first] }) => first.isReadiness)
        ? UNANSWERED
        : awaited('toDropNoRequests()');
  }
}

/** True for an assertion that later steps build on, because it is waited for. */
export function isAwaited({ kind }: Assertion): boolean {
  return AWAITED.includes(kind);
}

const AWAITED: readonly Assertion['kind'][] = [
  'startup',
  'running',
  'restarted',
  'recovered',
  'leftByReadiness',
  'phase',
];

const UNANSWERED: Lines = [
  '// Where readiness itself is asked, an error is a good answer of what is about to go; no answer is none.',
  "const unanswered = gone.timeline.of('RequestFinished').filter(({ status }) => status === undefined);",
  'expect(unanswered).toEqual([]);',
];

function initialized({ pod: { spec } }: Subject): Lines {
  const plain = spec.initContainers.filter((container) => !isSidecar(container));
  return [
    'expect(pod).toHaveEventsInOrder([',
    ...[...plain, ...spec.containers.slice(0, 1)].map(
      ({ name }) => `  { reason: 'Started', container: ${quoted(name)} },`,
    ),
    ']);',
    ...plain.map(
      ({ name }) => `expect(pod).toHaveContainerState({ container: ${quoted(name)}, terminated: { exitCode: 0 } });`,
    ),
  ];
}

function keptDuringStartup({ pod: { spec } }: Subject, name: string, ms: number): Lines {
  const isInit = spec.initContainers.some((each) => each.name === name);
  const statuses = `pod.status.${isInit ? 'initContainerStatuses' : 'containerStatuses'}`;
  return [
    `if (${statuses}?.some((one) => one.name === ${quoted(name)} && one.started)) {`,
    `  console.warn(${quoted(`${name} was up before it could be slowed down: nothing is shown`)});`,
    '  return;',
    '}',
    watched(name, ms),
  ];
}

function watched(name: string, ms: number): string {
  return `await expect(pod).toRestartAtMost(0, { container: ${quoted(name)}, for: ${during(ms)} });`;
}

function unrestarted(name: string): string {
  return `expect(pod).toHaveRestartCount(0, { container: ${quoted(name)} });`;
}
